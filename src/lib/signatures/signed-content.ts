import { createHash } from 'node:crypto'

/** What the placeholders of a scheme's `signs` stand for. */
export type SignedValues = {
  body: Uint8Array
  timestamp: string
  url: () => string
  header: (name: string) => string | null
}

/** A scheme's `signs`, taken apart: text as it is, and the names that stood between braces. */
export type SignedParts = readonly ({ text: string } | { name: string })[]

/** @param signs as a scheme has it. */
export function signedParts(signs: string): SignedParts {
  // Even positions are literal text, odd ones the names.
  const parts = signs.split(/[{}]/).map((part, index) => (index % 2 === 0 ? { text: part } : { name: part }))
  return parts.filter((part) => !('text' in part) || part.text !== '')
}

/**
 * The stretches of bytes that are signed, in order. The body is one of them as it is: it is never copied, and never a string.
 * @returns null where a header that it names is missing.
 */
export function signedContent(parts: SignedParts, values: SignedValues): (string | Uint8Array)[] | null {
  const content: (string | Uint8Array)[] = []
  for (const part of parts) {
    const value = 'text' in part ? part.text : signedValue(part.name, values)
    if (value === null) return null
    content.push(value)
  }
  return content
}

function signedValue(name: string, values: SignedValues): string | Uint8Array | null {
  if (name === 'body') return values.body
  if (name === 'bodySha256') return createHash('sha256').update(values.body).digest('hex')
  if (name === 'timestamp') return values.timestamp
  if (name === 'url') return values.url()
  return values.header(name)
}

/** The headers that a scheme signs. */
export function signedHeaders(parts: SignedParts): string[] {
  const names = parts.flatMap((part) => ('name' in part ? [part.name] : []))
  return names.filter((name) => !['body', 'bodySha256', 'timestamp', 'url'].includes(name))
}
