import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { presets } from '@/lib/presets/presets'
import type { SignatureScheme } from '@/lib/signatures/scheme'
import { signDelivery } from '@/lib/signatures/sign-delivery'
import { createVerifier, type Trust } from '@/lib/signatures/verifier'

const at = new Date('2026-07-14T09:00:00.123Z')
const body = Buffer.from('{"type":"x","metadata":{"extra":{}}}')
const url = 'https://inbox.example.com/api/webhooks/x'
const ed25519 = generateKeyPairSync('ed25519')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 })

const schemes = [...presets.values()].flatMap((preset) =>
  preset.schemes.map((scheme) => [`${preset.id}: ${scheme.name}`, scheme] as const),
)

/** A secret or key that fits, and what the receiver holds of it. */
function keysFor(scheme: SignatureScheme): {
  secret: Parameters<typeof signDelivery>[1]['secret']
  trust: Partial<Trust>
} {
  if (scheme.kind === 'ed25519' || scheme.kind === 'rsa-sha256') {
    const pair = scheme.kind === 'ed25519' ? ed25519 : rsa
    const spki = pair.publicKey.export({ format: 'der', type: 'spki' })
    const secret =
      scheme.key === 'whpk_'
        ? `whpk_${spki.subarray(-32).toString('base64')}`
        : String(pair.publicKey.export({ format: 'pem', type: 'spki' }))
    const keys = [
      { keyId: null, key: createPublicKey(createPrivateKey(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }))) },
    ]
    return {
      secret: pair.privateKey,
      trust: { secrets: [{ id: 'own', secret }], publishedKeys: () => ({ keys, isWhole: true }) },
    }
  }
  const secret =
    scheme.kind === 'token' && scheme.in === 'basic' ? 'user:a long password' : 'd2VsbCB3ZWxsIHdlbGwgd2VsbA=='
  return { secret, trust: { secrets: [{ id: 'own', secret }] } }
}

async function verdictOn(scheme: SignatureScheme, input: { body: Buffer; now: Date; trust: Partial<Trust> }) {
  const { secret } = keysFor(scheme)
  const signed = await signDelivery(scheme, { body, secret, url, messageId: 'msg_1', now: at })
  if (!signed) return null
  const trust = { secrets: [], publishedKeys: () => ({ keys: [], isWhole: true }), url: () => url, audience: null }
  const verify = createVerifier([scheme], { ...trust, ...input.trust })
  const check = verify({ header: (name) => signed.headers[name] ?? null, target: `/x${signed.query}` }, input.now)
  return typeof check === 'string' ? check : await check(input.body)
}

/** What nobody but the sender can sign, and a proof that is a part of the body. */
const unsignable = ['gemini: gemini-jwt', 'deepgram: body-token']

describe.each(schemes)('%s', (name, scheme) => {
  const { trust } = keysFor(scheme)
  const signsTheBody = scheme.kind !== 'token'

  test.skipIf(unsignable.includes(name))('is verified where nothing was changed', async () => {
    expect(await verdictOn(scheme, { body, now: at, trust })).toMatchObject({ scheme: scheme.name })
  })

  test.skipIf(!signsTheBody || unsignable.includes(name))('is refused with one bit of the body changed', async () => {
    const changed = Buffer.from(body)
    changed[5] = (changed[5] ?? 0) ^ 1
    expect(await verdictOn(scheme, { body: changed, now: at, trust })).toBe(null)
  })

  test.skipIf(unsignable.includes(name))('is refused with other keys and secrets', async () => {
    const secrets = [{ id: 'other', secret: 'YW5vdGhlciBzZWNyZXQgYW5vdGhlcg==' }]
    const publishedKeys = () => ({ keys: [], isWhole: true })
    expect(await verdictOn(scheme, { body, now: at, trust: { ...trust, secrets, publishedKeys } })).toBe(null)
  })

  test.skipIf(unsignable.includes(name))('is refused with a secret that has expired', async () => {
    const secrets = trust.secrets?.map((secret) => ({ ...secret, expiresAt: at })) ?? []
    expect(
      await verdictOn(scheme, {
        body,
        now: at,
        trust: { ...trust, secrets, publishedKeys: () => ({ keys: [], isWhole: true }) },
      }),
    ).toBe(null)
  })

  const time = 'time' in scheme ? scheme.time : undefined
  test.skipIf(!time)('is taken at the ends of its tolerance, and out of time a second beyond', async () => {
    const { pastSeconds = 0, futureSeconds = 0 } = time ?? {}
    const later = (seconds: number) => new Date(at.getTime() + seconds * 1_000)
    for (const seconds of [pastSeconds, -futureSeconds]) {
      expect(await verdictOn(scheme, { body, now: later(seconds), trust })).toMatchObject({ scheme: scheme.name })
    }
    for (const seconds of [pastSeconds + 1, -futureSeconds - 1]) {
      expect(await verdictOn(scheme, { body, now: later(seconds), trust })).toBe('out_of_time')
    }
  })
})

test('what can’t be told without the sender’s keys is not refused while they were never fetched', async () => {
  const scheme = presets.get('fal')?.schemes[0] as SignatureScheme
  const unfetched = { publishedKeys: () => ({ keys: [], isWhole: false }) }
  expect(await verdictOn(scheme, { body, now: at, trust: unfetched })).toBe('keys_unavailable')
})
