import type { Encoding, SignedBytesScheme } from './scheme'

const partsMaxUsual = 5
// Anchored, and whole: Buffer.from silently drops what follows the first character that is none of the alphabet.
const patterns: Record<Encoding, RegExp> = {
  hex: /^(?:[0-9a-f]{2})+$/i,
  'lower-case hex': /^(?:[0-9a-f]{2})+$/,
  base64: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
}
/** RSA signatures have the length of their key, so that the shortest is that of 1,024 bits. */
const byteLengths = { 'hmac-sha256': [32, 32], ed25519: [64, 64], 'rsa-sha256': [128, 1_024] } as const

/**
 * Reads the signatures out of the header's value. Parts of another version or of no use are passed over.
 * @returns the candidates' bytes, none where the header is malformed or has too many parts.
 */
export function readSignatures(scheme: SignedBytesScheme, value: string): Buffer[] {
  const parts = partsOf(scheme, value)
  if (parts.length > (scheme.partsMax ?? partsMaxUsual)) return []
  return parts.flatMap((part) => {
    if (part.slice(0, scheme.prefix.length).toLowerCase() !== scheme.prefix) return []
    const bytes = decode(part.slice(scheme.prefix.length), scheme.encoding)
    const [min, max] = byteLengths[scheme.kind]
    return bytes && bytes.length >= min && bytes.length <= max ? [bytes] : []
  })
}

/** The parts of the header between its separators, without blanks around them. */
export function partsOf({ separator }: SignedBytesScheme, value: string): string[] {
  const parts = separator === undefined ? [value] : value.split(separator)
  return parts.map(withoutComma).filter((part) => part !== '')
}

/** Two headers of one name arrive joined with a comma, which is no part of either. */
function withoutComma(part: string): string {
  const text = part.trim()
  return text.endsWith(',') ? text.slice(0, -1) : text
}

function decode(text: string, encoding: Encoding): Buffer | null {
  if (!patterns[encoding].test(text)) return null
  return Buffer.from(text, encoding === 'base64' ? 'base64' : 'hex')
}
