import { createHash } from 'node:crypto'

/** What the placeholders of a scheme's `signs` stand for. */
export type SignedValues = {
  body: Uint8Array
  timestamp: string
  url: string
  header: (name: string) => string | null
}

/**
 * The stretches of bytes that are signed, in order. The body is one of them as it is: it is never copied, and never a string.
 * @param signs as a scheme has it.
 * @returns null where a header that it names is missing.
 */
export function signedContent(signs: string, values: SignedValues): (string | Uint8Array)[] | null {
  const content: (string | Uint8Array)[] = []
  // Even positions are literal text, odd ones the names between braces.
  for (const [index, part] of signs.split(/[{}]/).entries()) {
    if (index % 2 === 0) {
      if (part !== '') content.push(part)
      continue
    }
    const value = signedValue(part, values)
    if (value === null) return null
    content.push(value)
  }
  return content
}

function signedValue(name: string, values: SignedValues): string | Uint8Array | null {
  if (name === 'body') return values.body
  if (name === 'bodySha256') return createHash('sha256').update(values.body).digest('hex')
  if (name === 'timestamp') return values.timestamp
  if (name === 'url') return values.url
  return values.header(name)
}

/** The headers that a scheme signs. */
export function signedHeaders(signs: string): string[] {
  const names = signs.split(/[{}]/).filter((_, index) => index % 2 === 1)
  return names.filter((name) => !['body', 'bodySha256', 'timestamp', 'url'].includes(name))
}
