/** A text that may be a signature, however it is written, with what stands before it. */
export type LooseSignature = { bytes: Buffer; encoding: 'hex' | 'base64'; prefix: string }

const signatureBytes = 32

/**
 * Everything in a header's value that could be an HMAC-SHA256: 64 hexadecimal digits, or 43 or 44 characters of base64 or base64url.
 * Far more than a verifier takes: it tells what a sender meant.
 */
export function looseSignatures(value: string): LooseSignature[] {
  const parts = value.split(/[\s,;]+/).map((part) => part.replace(/^["']|["']$/g, ''))
  return parts.flatMap((part, index): LooseSignature[] => {
    const hex = /^(|.*[^0-9a-zA-Z])([0-9a-fA-F]{64})$/.exec(part)
    if (hex) return [{ bytes: Buffer.from(hex[2] ?? '', 'hex'), encoding: 'hex', prefix: hex[1] ?? '' }]
    const base64 = /^(|.*[=:,])([A-Za-z0-9+/_-]{43}=?)$/.exec(part)
    const bytes = Buffer.from(base64?.[2] ?? '', 'base64')
    if (!base64 || bytes.length !== signatureBytes) return []
    // `v1,<base64>` was cut at its comma.
    const prefix = base64[1] === '' && parts[index - 1]?.match(/^v\d+a?$/) ? `${parts[index - 1]},` : (base64[1] ?? '')
    return [{ bytes, encoding: 'base64', prefix }]
  })
}
