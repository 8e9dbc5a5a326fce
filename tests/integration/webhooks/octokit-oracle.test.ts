import { randomBytes, webcrypto } from 'node:crypto'
import { sign, verify } from '@octokit/webhooks-methods'
import { describe, expect, test } from 'vitest'
import { signHmacSha256Hex } from '@/lib/signatures/hmac-sha256-hex'
import { bodyHmac } from '@/lib/signatures/standard-schemes'
import { createVerifier } from '@/lib/signatures/verifier'
import vectors from '../../fixtures/native-signatures.json' with { type: 'json' }
import { hexHmac, webhookSecret } from '../../support/webhook-bodies'

/** Our verdict, on the bytes. */
function isAccepted(body: string | Uint8Array, header: string | null, secret = webhookSecret): boolean {
  const secrets = [{ id: 'oracle', secret }]
  const trust = { secrets, publishedKeys: () => ({ keys: [], isWhole: true }), url: () => '', audience: null }
  const check = createVerifier([bodyHmac('x-hub-signature-256')], trust)(
    { header: () => header, target: '' },
    new Date(),
  )
  return typeof check === 'function' && check(Buffer.from(body)) !== null
}

const bodies: [string, string][] = [
  ['compact JSON', '{"event":"workflow.completed","job_id":"j"}'],
  ['escaped text', '{"result":"Gr\\u00fc\\u00dfe \\ud83d\\ude80"}'],
  ['text in UTF-8', '{"result":"Grüße 🚀 ‮ ​"}'],
  ['a byte order mark', '\ufeff{"event":"e"}'],
  ['line breaks of both kinds', '{\r\n "a": 1,\n "b": 2\r\n}\n'],
  ['NUL and control characters', '\0\x01\x1b[31m\x7f\u0080'],
  ['one byte', '0'],
  ['a mebibyte', 'é'.repeat(524_288)],
  ['no JSON at all', 'event=e&job_id=j'],
]

const mutations: [string, (header: string) => string][] = [
  ['nothing changed', (header) => header],
  ['the first digit', (header) => header.replace(/=(.)/, (_, digit) => `=${digit === '0' ? '1' : '0'}`)],
  ['the last digit', (header) => header.replace(/(.)$/, (digit) => (digit === '0' ? '1' : '0'))],
  ['one digit less', (header) => header.slice(0, -1)],
  ['one digit more', (header) => `${header}0`],
  ['two letters more', (header) => `${header}zz`],
  ['digits reversed', (header) => `sha256=${[...header.slice(7)].reverse().join('')}`],
  ['no prefix', (header) => header.slice(7)],
  ['another prefix', (header) => header.replace('sha256', 'sha1')],
  ['no digit', () => 'sha256='],
  ['zeros', () => `sha256=${'0'.repeat(64)}`],
  ['beyond ASCII', (header) => header.replace(/.$/, 'é')],
]

describe.each(bodies)('%s', (_, body) => {
  test('is signed by us as octokit signs it, and verified on both sides', async () => {
    const header = await sign(webhookSecret, body)
    expect(signHmacSha256Hex(Buffer.from(body), webhookSecret)).toBe(header)
    expect(await verify(webhookSecret, body, header)).toBe(true)
    expect(isAccepted(body, header)).toBe(true)
  })

  test.each(mutations)('is judged as octokit judges it with this changed in the signature: %s', async (_, mutate) => {
    const header = mutate(await sign(webhookSecret, body))
    expect(isAccepted(body, header)).toBe(await verify(webhookSecret, body, header))
  })

  test('is refused by both where the body or the secret is another', async () => {
    const header = await sign(webhookSecret, body)
    for (const other of [`${body} `, `x${body}`, body.slice(1) || 'x']) {
      expect([isAccepted(other, header), await verify(webhookSecret, other, header)]).toEqual([false, false])
    }
    const secret = `${webhookSecret}!`
    expect([isAccepted(body, header, secret), await verify(secret, body, header)]).toEqual([false, false])
  })
})

test('where octokit takes no body at all, we refuse every signature but that of no bytes', async () => {
  await expect(sign(webhookSecret, '')).rejects.toThrow(TypeError)
  expect(isAccepted('', `sha256=${hexHmac('')}`)).toBe(true)
  expect(isAccepted('', `sha256=${hexHmac(' ')}`)).toBe(false)
})

test('bytes that are no text, which octokit can’t take, are signed as WebCrypto signs them', async () => {
  const key = await webcrypto.subtle.importKey(
    'raw',
    Buffer.from(webhookSecret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  for (const bytes of [Buffer.from([0xff, 0xfe, 0x00]), Buffer.from([0xed, 0xa0, 0x80]), randomBytes(1_048_576)]) {
    const header = `sha256=${Buffer.from(await webcrypto.subtle.sign('HMAC', key, bytes)).toString('hex')}`
    expect(isAccepted(bytes, header)).toBe(true)
    // What a decoder would have made of them is another body.
    expect(isAccepted(Buffer.from(bytes.toString('utf8')), header)).toBe(false)
  }
})

test('case 5: upper-case digits are accepted by us, and by octokit not', async () => {
  const [, body] = bodies[0] ?? ['', '']
  const header = (await sign(webhookSecret, body)).toUpperCase()
  expect([isAccepted(body, header), await verify(webhookSecret, body, header)]).toEqual([true, false])
})

test.each(vectors)('vector $id is judged as published: $case', async ({ id, secret, body, header, valid }) => {
  // The one verdict that differs by intention: octokit compares the texts, we the bytes that they mean (case 5).
  const expected = id === 'github-04' ? true : valid
  expect(isAccepted(body, header, secret)).toBe(expected)
})
