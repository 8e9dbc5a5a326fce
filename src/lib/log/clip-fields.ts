const textLengthMax = 2_000
const entriesMax = 50
const depthMax = 4

/** At most 2,000 characters of a text, the cut told. */
export function clipText(text: string): string {
  return text.length <= textLengthMax ? text : `${text.slice(0, textLengthMax)}…`
}

/** The fields of one log line, each text in them clipped, and each list or object to its first 50 entries, four deep. */
export function clipFields(fields: Record<string, unknown>): Record<string, unknown> {
  return clipValue(fields, 0) as Record<string, unknown>
}

function clipValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return clipText(value)
  // Errors have a serializer of their own.
  if (typeof value !== 'object' || value === null || value instanceof Error) return value
  if (depth === depthMax) return '…'
  if (Array.isArray(value)) return value.slice(0, entriesMax).map((entry) => clipValue(entry, depth + 1))
  const entries = Object.entries(value).slice(0, entriesMax)
  return Object.fromEntries(entries.map(([key, entry]) => [clipText(key), clipValue(entry, depth + 1)]))
}
