import type { HmacScheme, PublicKeyScheme, SecretFormat, TokenScheme } from './scheme'

/** `<prefix><hex>` over the raw body, nothing else: GitHub's way, and Callboard's own. */
export function bodyHmac(header: string, options: Partial<HmacScheme> = {}): HmacScheme {
  return {
    kind: 'hmac-sha256',
    name: 'hmac-sha256-hex',
    header,
    prefix: 'sha256=',
    separator: ',',
    encoding: 'hex',
    signs: '{body}',
    secret: 'utf8',
    ...options,
  }
}

/** `t=<unix seconds>,v1=<hex>` over `<timestamp>.<body>`: Stripe's way, which many follow. */
export function timestampedHmac(header: string, options: Partial<HmacScheme> = {}): HmacScheme {
  return {
    kind: 'hmac-sha256',
    name: 'timestamped-hmac-sha256-hex',
    header,
    prefix: 'v1=',
    separator: ',',
    partsMax: 10,
    encoding: 'hex',
    time: { from: { prefix: 't=' }, unit: 's', pastSeconds: 300, futureSeconds: 300 },
    signs: '{timestamp}.{body}',
    secret: 'utf8',
    ...options,
  }
}

/** As many as OpenAI's SDK looks at. */
const standardPartsMax = 32

function standardParts(family: 'webhook' | 'svix') {
  return {
    header: `${family}-signature`,
    separator: ' ',
    partsMax: standardPartsMax,
    encoding: 'base64',
    time: { from: { header: `${family}-timestamp` }, unit: 's', pastSeconds: 300, futureSeconds: 300 },
    signs: `{${family}-id}.{timestamp}.{body}`,
    messageId: `${family}-id`,
  } as const
}

/**
 * Standard Webhooks: `v1,<base64>` over `<id>.<timestamp>.<body>`, several separated by blanks while a secret is rotated.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function standardWebhook(options: { family?: 'webhook' | 'svix'; secret?: SecretFormat } = {}): HmacScheme {
  const { family = 'webhook', secret = 'base64' } = options
  const name = family === 'svix' ? 'svix-v1' : 'standard-webhooks-v1'
  return { kind: 'hmac-sha256', name, prefix: 'v1,', secret, ...standardParts(family) }
}

/** The same signed with the sender's private key: `v1a,<base64>`, the key given as `whpk_<base64>`. */
export function standardWebhookEd25519(): PublicKeyScheme {
  // Each is as much work as a whole body of HMAC, which a stranger could ask for.
  const partsMax = 5
  const parts = { ...standardParts('webhook'), partsMax }
  return { kind: 'ed25519', name: 'standard-webhooks-v1a', prefix: 'v1a,', key: 'whpk_', ...parts }
}

export const bearerToken: TokenScheme = { kind: 'token', name: 'bearer-token', in: 'bearer' }
export const basicToken: TokenScheme = { kind: 'token', name: 'basic-auth', in: 'basic' }

export function headerToken(header: string): TokenScheme {
  return { kind: 'token', name: 'header-token', in: 'header', at: header }
}

export function queryToken(parameter: string): TokenScheme {
  return { kind: 'token', name: 'query-token', in: 'query', at: parameter }
}
