import type { Finding } from './diagnose'
import { hmacKey } from './keys'
import type { HmacScheme, SecretFormat } from './scheme'
import { signedContent, signedParts } from './signed-content'
import type { SignedRequest } from './verifier'

/** One way a sender may have meant it; without a finding it is the right one. */
export type Variant<Value> = { value: Value; finding: Finding | null }

function unique<Value>(variants: readonly Variant<Value | null>[], keyOf: (value: Value) => string): Variant<Value>[] {
  const seen = new Set<string>()
  return variants.flatMap(({ value, finding }) => {
    if (value === null || seen.has(keyOf(value))) return []
    seen.add(keyOf(value))
    return [{ value, finding }]
  })
}

/** What of the secret's text the sender may have taken for its key. */
export function secretVariants(secret: string, format: SecretFormat): Variant<Buffer>[] {
  const bare = secret.replace(/^whsec_/, '')
  const finding = (cause: string, sentence: string, change: string): Finding => ({
    cause,
    sentence,
    evidence: 'With that key the signature fits.',
    change,
  })
  const asText = finding(
    'secret_as_text',
    'The sender takes the secret’s text as its key, and does not decode it.',
    'Have it decode the base64 behind whsec_, as Standard Webhooks asks.',
  )
  const decoded = finding(
    'secret_decoded',
    'The sender decodes the secret, whose text is the key.',
    'Have it take the UTF-8 bytes of the secret as they are.',
  )
  const isText = format === 'utf8'
  return unique<Buffer>(
    [
      { value: hmacKey(secret, format), finding: null },
      { value: Buffer.from(secret), finding: asText },
      {
        value: Buffer.from(bare),
        finding: finding(
          'secret_prefix',
          'The sender leaves whsec_ out of the secret.',
          isText ? 'Have it take the whole text, whsec_ included.' : 'Have it decode what stands behind whsec_.',
        ),
      },
      { value: bare.length >= 16 ? Buffer.from(bare, 'base64') : null, finding: decoded },
      { value: /^(?:[0-9a-f]{2})+$/i.test(bare) ? Buffer.from(bare, 'hex') : null, finding: decoded },
      {
        value: Buffer.from(`${secret}\n`),
        finding: finding(
          'secret_newline',
          'The sender’s secret has a line break at its end.',
          'Have it trim the secret: it was read from a file with its last line break.',
        ),
      },
    ],
    (key) => key.toString('hex'),
  )
}

/** How the body may have looked when it was signed. */
export function bodyVariants(body: Buffer): Variant<Buffer>[] {
  const text = body.toString('utf8')
  const finding = (cause: string, sentence: string, change: string): Finding => ({
    cause,
    sentence,
    evidence: 'The signature fits the body in that form, and not as it arrived.',
    change,
  })
  const serialised = finding(
    'body_serialised',
    'The body was signed in another form than it was sent in: the JSON was written anew in between.',
    'Have the sender sign the exact bytes that it sends; or keep the proxy on the way from rewriting JSON.',
  )
  return unique<Buffer>(
    [
      { value: body, finding: null },
      {
        value: Buffer.from(text.replace(/\s+$/, '')),
        finding: finding(
          'body_trailing',
          'White space at the end of the body was not signed.',
          'Have the sender sign what it sends, the last line break included, or not send that.',
        ),
      },
      {
        value: Buffer.from(`${text}\n`),
        finding: finding(
          'body_trailing',
          'A line break at the end of the body was signed and not sent.',
          'Have the sender sign what it sends: something on the way, or the tool that signs, adds or drops the last line break.',
        ),
      },
      {
        value: Buffer.from(text.replaceAll('\r\n', '\n')),
        finding: finding(
          'body_line_breaks',
          'The line breaks of the body were changed after it was signed.',
          'Have the sender sign the bytes as they are sent, CR LF included.',
        ),
      },
      {
        value: Buffer.from(text.replace(/^\ufeff/, '')),
        finding: finding(
          'body_byte_order_mark',
          'The byte order mark of the body was not signed.',
          'Have the sender leave it out, or sign it.',
        ),
      },
      ...serialisations(text).map((value) => ({ value: Buffer.from(value), finding: serialised })),
    ],
    (bytes) => bytes.toString('base64'),
  )
}

/** As the usual libraries write the same JSON: compact, with blanks (Python), indented, with sorted keys, with escapes. */
function serialisations(text: string): string[] {
  try {
    const parsed: unknown = JSON.parse(text)
    const forms = [parsed, sorted(parsed)].flatMap((value) => [
      JSON.stringify(value),
      spaced(value),
      JSON.stringify(value, null, 2),
      JSON.stringify(value, null, 4),
    ])
    return [...forms, ...forms.map(escaped)]
  } catch {
    // No JSON; or so deep that the stack ends, which a stranger may send and no library would have written.
    return []
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}

/** `{"a": 1, "b": [1, 2]}` */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`)
  return `{${members.join(', ')}}`
}

function escaped(text: string): string {
  return text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

type ContentInput = { scheme: HmacScheme; request: SignedRequest; timestamp: string; url: string; body: Buffer }

/** What is signed, and, unless only that is asked for, what else may have been. */
export function contentVariants(
  { scheme, request, timestamp, url, body }: ContentInput,
  isOnlyRight: boolean,
): Variant<Buffer>[] {
  const joined = (signs: string, signedUrl = url): Buffer | null => {
    const content = signedContent(signedParts(signs), { body, timestamp, url: () => signedUrl, header: request.header })
    return content && Buffer.concat(content.map((part) => Buffer.from(part)))
  }
  const right = { value: joined(scheme.signs), finding: null }
  if (isOnlyRight) return right.value === null ? [] : [{ value: right.value, finding: null }]
  const [id] = [...scheme.signs.matchAll(/\{([\w-]+-id)\}/g)].map(([, name]) => name)
  const others = [
    '{body}',
    '{timestamp}.{body}',
    ...(id ? [`{${id}}.{timestamp}.{body}`] : []),
    '{timestamp}{body}',
    '{body}{timestamp}',
    'v0:{timestamp}:{body}',
  ]
  const wrong: Finding = {
    cause: 'signed_string',
    sentence: `The sender signs something else than ${scheme.signs}.`,
    evidence: '',
    change: `Have it sign ${scheme.signs}, or choose the sender here that signs as this one does.`,
  }
  const proxied: Finding = {
    cause: 'url',
    sentence: 'The sender signs another URL than the one that this source goes by.',
    evidence: '',
    change: 'Set “URL as the sender knows it” in the source’s settings.',
  }
  return unique<Buffer>(
    [
      right,
      ...others.map((signs) => ({
        value: joined(signs),
        finding: { ...wrong, evidence: `The signature fits ${signs}.` },
      })),
      ...(scheme.signs.includes('{url}') ? urlVariants(url) : []).map((other) => ({
        value: joined(scheme.signs, other),
        finding: { ...proxied, evidence: `The signature fits ${other}.` },
      })),
    ],
    (bytes) => bytes.toString('base64'),
  )
}

function urlVariants(text: string): string[] {
  const url = new URL(text)
  const { host, pathname, search } = url
  return ['http:', 'https:'].flatMap((protocol) => [
    `${protocol}//${host}${pathname}${search}`,
    `${protocol}//${host}${pathname}`,
    `${protocol}//${host}${pathname}/`,
    `${protocol}//${url.hostname}${pathname}${search}`,
  ])
}
