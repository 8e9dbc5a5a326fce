import { randomBytes } from 'node:crypto'
import OpenAI from 'openai'
import { validateWebhook } from 'replicate'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import Stripe from 'stripe'
import { Webhook as SvixWebhook } from 'svix'
import { describe, expect, test } from 'vitest'
import { presets } from '@/lib/presets/presets'
import type { SignatureScheme } from '@/lib/signatures/scheme'
import { signDelivery } from '@/lib/signatures/sign-delivery'
import { standardWebhook } from '@/lib/signatures/standard-schemes'
import { createVerifier } from '@/lib/signatures/verifier'

type Headers = Record<string, string>

const now = () => new Date()
const base64Secret = () => `whsec_${randomBytes(32).toString('base64')}`
const stripe = new Stripe('sk_test_none')
const openai = new OpenAI({ apiKey: 'none' })

/** Ours, with its own words for what it refuses. */
async function isAccepted(scheme: SignatureScheme, body: string, headers: Headers, secret: string): Promise<boolean> {
  const trust = {
    secrets: [{ id: 'oracle', secret }],
    publishedKeys: () => ({ keys: [], isWhole: true }),
    url: () => 'http://localhost',
    audience: null,
  }
  const check = createVerifier([scheme], trust)({ header: (name) => headers[name] ?? null, target: '' }, now())
  return typeof check === 'function' && (await check(Buffer.from(body))) !== null
}

const schemeOf = (id: string) => presets.get(id)?.schemes[0] as SignatureScheme
const rejects = async (verify: () => unknown) => {
  try {
    return (await verify()) === false
  } catch {
    return true
  }
}

type Oracle = {
  name: string
  scheme: SignatureScheme
  secret: () => string
  /** Null where the sender's library only verifies. */
  sign: ((body: string, secret: string) => Headers) | null
  /** Throws, or answers false, where it refuses. */
  verify: (body: string, headers: Headers, secret: string) => unknown
}

const messageId = 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W'
const seconds = (date: Date) => String(Math.floor(date.getTime() / 1_000))

const oracles: Oracle[] = [
  {
    name: 'standardwebhooks',
    scheme: schemeOf('standard-webhooks'),
    secret: base64Secret,
    sign(body, secret) {
      const at = now()
      const signature = new StandardWebhook(secret).sign(messageId, at, body)
      return { 'webhook-id': messageId, 'webhook-timestamp': seconds(at), 'webhook-signature': signature }
    },
    verify: (body, headers, secret) => new StandardWebhook(secret).verify(body, headers),
  },
  {
    name: 'svix',
    scheme: standardWebhook({ family: 'svix' }),
    secret: base64Secret,
    sign(body, secret) {
      const at = now()
      const signature = new SvixWebhook(secret).sign(messageId, at, body)
      return { 'svix-id': messageId, 'svix-timestamp': seconds(at), 'svix-signature': signature }
    },
    verify: (body, headers, secret) => new SvixWebhook(secret).verify(body, headers),
  },
  {
    name: 'openai',
    scheme: schemeOf('openai'),
    secret: base64Secret,
    sign: null,
    verify: (body, headers, secret) => openai.webhooks.verifySignature(body, headers, secret),
  },
  {
    name: 'openai, a secret without whsec_',
    scheme: schemeOf('openai'),
    secret: () => randomBytes(16).toString('hex'),
    sign: null,
    verify: (body, headers, secret) => openai.webhooks.verifySignature(body, headers, secret),
  },
  {
    name: 'replicate',
    scheme: schemeOf('replicate'),
    secret: base64Secret,
    sign: null,
    verify: (body, headers, secret) =>
      validateWebhook({
        id: headers['webhook-id'] ?? '',
        timestamp: headers['webhook-timestamp'] ?? '',
        signature: headers['webhook-signature'] ?? '',
        body,
        secret,
      }),
  },
  {
    name: 'stripe',
    scheme: schemeOf('timestamped-hmac'),
    secret: () => 'whsec_plain_text_for_stripe_0001',
    sign: (payload, secret) => ({ 'stripe-signature': stripe.webhooks.generateTestHeaderString({ payload, secret }) }),
    verify: (body, headers, secret) => stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', secret),
  },
]

const bodies: [string, string][] = [
  ['compact JSON', '{"type":"response.completed","data":{"id":"resp_1"}}'],
  ['pretty JSON with line breaks of both kinds', '{\r\n  "type": "x"\n}\n'],
  ['text beyond ASCII', '{"text":"Grüße 你好 🚀"}'],
]

describe.each(oracles)('$name', ({ scheme, secret: makeSecret, sign, verify }) => {
  test.each(bodies)('what we sign its own library verifies: %s', async (_, body) => {
    const secret = makeSecret()
    const input = { body: Buffer.from(body), secret, url: '', messageId, now: now() }
    const signed = await signDelivery(scheme, input)
    expect(await rejects(() => verify(body, signed?.headers ?? {}, secret))).toBe(false)
    expect(await isAccepted(scheme, body, signed?.headers ?? {}, secret)).toBe(true)
  })

  test.each(bodies)('another body, another secret and a shifted signature are refused by both: %s', async (_, body) => {
    const secret = makeSecret()
    const signed = await signDelivery(scheme, { body: Buffer.from(body), secret, url: '', messageId, now: now() })
    const headers = signed?.headers ?? {}
    const shifted = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace(/,(.)/, ',x$1')]),
    )
    for (const [sentBody, sentHeaders, sentSecret] of [
      [body.replace('"', ' "'), headers, secret],
      [body, headers, makeSecret().replace('0001', '0002')],
      [body, shifted, secret],
    ] as const) {
      expect(await rejects(() => verify(sentBody, sentHeaders, sentSecret))).toBe(true)
      expect(await isAccepted(scheme, sentBody, sentHeaders, sentSecret)).toBe(false)
    }
  })

  test.runIf(sign).each(bodies)('what its own library signs we verify: %s', async (_, body) => {
    const secret = makeSecret()
    expect(await isAccepted(scheme, body, sign?.(body, secret) ?? {}, secret)).toBe(true)
  })
})
