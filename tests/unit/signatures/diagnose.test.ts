import { createHmac, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { presets } from '@/lib/presets/presets'
import { diagnose, type KnownSecret } from '@/lib/signatures/diagnose'
import type { SignatureScheme } from '@/lib/signatures/scheme'
import { bodyHmac } from '@/lib/signatures/standard-schemes'

type Headers = Record<string, string>

const now = new Date('2026-11-28T12:00:00Z')
const seconds = (offset = 0) => String(Math.floor(now.getTime() / 1_000) + offset)
const text = '{"event":"workflow.completed","job_id":"42","result":{"b":1,"a":"Zürich"}}'
const secret = 'a shared secret of the tests, long enough'
const keyBytes = randomBytes(32)
const whsec = `whsec_${keyBytes.toString('base64')}`
const url = 'https://callboard.example.com/api/webhooks/mine'

const hex = (key: string | Buffer, content: string) => createHmac('sha256', key).update(content).digest('hex')
const base64 = (key: string | Buffer, content: string) => createHmac('sha256', key).update(content).digest('base64')

const native = presets.get('native')?.schemes ?? []
const standard = presets.get('standard-webhooks')?.schemes ?? []
const stripe = presets.get('timestamped-hmac')?.schemes ?? []
const slack = presets.get('slack')?.schemes ?? []
const token = presets.get('static-token')?.schemes ?? []
const signsUrl = [bodyHmac('x-signature', { signs: '{url}\n{body}', prefix: '' })]

function causesOf(
  schemes: readonly SignatureScheme[],
  headers: Headers,
  options: { body?: string; secrets?: Partial<KnownSecret>[] } = {},
) {
  const secrets = (options.secrets ?? [{ secret: schemes === standard ? whsec : secret }]).map((one, index) => ({
    id: String(index),
    secret: '',
    known: 'the secret …abcd',
    isLive: true,
    ...one,
  }))
  const findings = diagnose({
    schemes,
    headerNames: Object.keys(headers),
    request: { header: (name) => headers[name] ?? null, target: '/api/webhooks/mine' },
    body: Buffer.from(options.body ?? text),
    now,
    secrets,
    url,
  })
  // Nothing of a secret may be said.
  for (const { secret: one } of secrets) expect(JSON.stringify(findings)).not.toContain(one)
  return findings.map(({ cause }) => cause)
}

const nativeHeader = (value: string): Headers => ({ 'x-webhook-signature': value })
const standardHeaders = (signature: string, timestamp = seconds()): Headers => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': timestamp,
  'webhook-signature': signature,
})
const standardContent = (timestamp = seconds()) => `msg_1.${timestamp}.${text}`
const stripeHeader = (timestamp: string, signature: string): Headers => ({
  'stripe-signature': `t=${timestamp},v1=${signature}`,
})
const sha = (content: string) => nativeHeader(`sha256=${hex(secret, content)}`)

const sortedText = '{"event":"workflow.completed","job_id":"42","result":{"a":"Zürich","b":1}}'
const pythonText = '{"event": "workflow.completed", "job_id": "42", "result": {"b": 1, "a": "Z\\u00fcrich"}}'

const mistakes: [string, string[], readonly SignatureScheme[], Headers, Parameters<typeof causesOf>[2]?][] = [
  ['nothing', ['genuine'], native, sha(text)],
  [
    'another secret',
    ['other_secret'],
    native,
    sha(text),
    { secrets: [{ secret: 'the live one, which is another' }, { secret, isLive: false }] },
  ],
  ['base64 for hex', ['encoding'], native, nativeHeader(`sha256=${base64(secret, text)}`)],
  ['hex for base64', ['encoding'], standard, standardHeaders(`v1,${hex(keyBytes, standardContent())}`)],
  ['a missing prefix', ['prefix'], native, nativeHeader(hex(secret, text))],
  ['another prefix', ['prefix'], native, nativeHeader(`v1=${hex(secret, text)}`)],
  ['a bare digest', ['prefix'], standard, standardHeaders(base64(keyBytes, standardContent()))],
  ['a trailing line break that was not signed', ['body_trailing'], native, sha(text), { body: `${text}\n` }],
  ['a trailing line break that was not sent', ['body_trailing'], native, sha(`${text}\n`)],
  ['CR LF made of LF', ['body_line_breaks'], native, sha('{\n"a":1\n}'), { body: '{\r\n"a":1\r\n}' }],
  ['JSON written anew, with blanks and escapes', ['body_serialised'], native, sha(pythonText)],
  ['JSON written anew, keys sorted', ['body_serialised'], native, sha(sortedText)],
  ['JSON written anew, indented', ['body_serialised'], native, sha(JSON.stringify(JSON.parse(text), null, 2))],
  ['a byte order mark that was not signed', ['body_byte_order_mark'], native, sha(text), { body: `\ufeff${text}` }],
  ['the body alone signed', ['signed_string'], standard, standardHeaders(`v1,${base64(keyBytes, text)}`)],
  ['the id left out', ['signed_string'], standard, standardHeaders(`v1,${base64(keyBytes, `${seconds()}.${text}`)}`)],
  [
    'the time left out',
    ['signed_string'],
    slack,
    { 'x-slack-request-timestamp': seconds(), 'x-slack-signature': `v0=${hex(secret, text)}` },
  ],
  [
    'milliseconds for seconds',
    ['time_unit'],
    stripe,
    stripeHeader(`${seconds()}000`, hex(secret, `${seconds()}000.${text}`)),
  ],
  [
    'a clock that is behind',
    ['clock'],
    stripe,
    stripeHeader(seconds(-1_000), hex(secret, `${seconds(-1_000)}.${text}`)),
  ],
  ['a clock that is ahead', ['clock'], stripe, stripeHeader(seconds(1_000), hex(secret, `${seconds(1_000)}.${text}`))],
  [
    'a URL that the proxy changed',
    ['url'],
    signsUrl,
    { 'x-signature': hex(secret, `http://callboard.example.com/api/webhooks/mine\n${text}`) },
  ],
  ['whsec_ taken as text', ['secret_as_text'], standard, standardHeaders(`v1,${base64(whsec, standardContent())}`)],
  [
    'whsec_ left out, the rest taken as text',
    ['secret_prefix'],
    standard,
    standardHeaders(`v1,${base64(whsec.slice(6), standardContent())}`),
  ],
  [
    'a secret decoded that is text',
    ['secret_decoded'],
    stripe,
    stripeHeader(seconds(), hex(keyBytes, `${seconds()}.${text}`)),
    { secrets: [{ secret: whsec }] },
  ],
  [
    'a line break at the end of the secret',
    ['secret_newline'],
    native,
    nativeHeader(`sha256=${hex(`${secret}\n`, text)}`),
  ],
  ['no header', ['missing_header'], native, { 'x-hub-signature-256': `sha256=${hex(secret, text)}` }],
  ['a signature cut short', ['malformed'], native, nativeHeader(`sha256=${hex(secret, text).slice(1)}`)],
  ['a secret that nobody knows', ['unknown'], native, nativeHeader(`sha256=${hex('somebody else’s secret', text)}`)],
  ['no token', ['missing_token'], token, { 'content-type': 'application/json' }],
  [
    'a token with Bearer before it, in a header of its own',
    ['token_wrapped'],
    token,
    { 'x-webhook-token': `Bearer ${secret}` },
  ],
  ['a token in quotes', ['token_wrapped'], token, { 'x-webhook-token': `"${secret}"` }],
  ['another token', ['other_secret'], token, { 'x-webhook-token': secret }, { secrets: [{ secret, isLive: false }] }],
  ['a token that nobody knows', ['unknown'], token, { 'x-webhook-token': secret.toUpperCase() }],
  ['base64 and JSON written anew', ['body_serialised', 'encoding'], native, nativeHeader(base64(secret, sortedText))],
  [
    'another secret and a trailing line break',
    ['other_secret', 'body_trailing'],
    native,
    sha(text),
    { body: `${text}\n`, secrets: [{ secret, isLive: false }] },
  ],
]

describe('names the cause of', () => {
  test.each(mistakes)('%s', (_, causes, schemes, headers, options) => {
    expect(causesOf(schemes, headers, options)).toEqual(causes)
  })
})

test('says in a sentence what is wrong and what to change', () => {
  for (const [, , schemes, headers, options] of mistakes) {
    const [finding] = diagnose({
      schemes,
      headerNames: Object.keys(headers),
      request: { header: (name) => headers[name] ?? null, target: '/' },
      body: Buffer.from(options?.body ?? text),
      now,
      secrets: [{ id: '1', secret: schemes === standard ? whsec : secret, known: 'x', isLive: true }],
      url,
    })
    expect(finding?.sentence).toMatch(/^[“A-Z].*\.$/)
    expect(finding?.change).toMatch(/^[A-Z].*\.$/)
    expect(finding?.evidence).not.toBe('')
  }
})

test('a long body is tried with one mistake at a time, and still found', () => {
  const long = JSON.stringify({ result: 'x'.repeat(900_000), job_id: '1' })
  expect(causesOf(native, sha(long), { body: `${long}\n` })).toEqual(['body_trailing'])
})

test('a body that is nested too deep for any library is looked at all the same', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  expect(causesOf(native, sha(deep), { body: `${deep}\n` })).toEqual(['body_trailing'])
  expect(causesOf(native, nativeHeader(`sha256=${'0'.repeat(64)}`), { body: deep })).toEqual(['unknown'])
})
