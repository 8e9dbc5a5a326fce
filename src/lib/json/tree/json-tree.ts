/** What a value is; `word` is true, false, null, and the bare NaN and Infinity that Python writes. */
export const jsonKind = { object: 0, array: 1, string: 2, number: 3, word: 4 } as const

/**
 * A JSON text as its values in the order of the text, each with the stretch of source that says it. Nothing is converted:
 * numbers keep their digits, and of duplicate keys both are there. Flat columns instead of objects, since a megabyte may
 * hold half a million values, or nest half a million deep.
 */
export type JsonTree = Readonly<{
  text: string
  /** How many values there are; the first is the root. */
  size: number
  kinds: Uint8Array
  /** Source of the value: `starts` inclusive, `ends` exclusive. Strings have their quotes. */
  starts: Int32Array
  ends: Int32Array
  /** Source of the member's key with its quotes; -1 where there is none. */
  keyStarts: Int32Array
  keyEnds: Int32Array
  /** -1 for the root. */
  parents: Int32Array
  childCounts: Int32Array
  /** The first value after this one and all that is in it. */
  nexts: Int32Array
}>

export function isContainer(tree: JsonTree, node: number): boolean {
  return (tree.kinds[node] ?? 0) <= jsonKind.array
}

/** The value as it stands in the text. */
export function sourceOf(tree: JsonTree, node: number): string {
  return tree.text.slice(tree.starts[node], tree.ends[node])
}

/** The children of a value, in order. */
export function* childrenOf(tree: JsonTree, node: number): Generator<number> {
  const end = tree.nexts[node] ?? 0
  for (let child = node + 1; child < end; child = tree.nexts[child] ?? end) yield child
}

/** The key of a member; null in arrays and at the root. */
export function keyOf(tree: JsonTree, node: number): string | null {
  const start = tree.keyStarts[node] ?? -1
  return start === -1 ? null : decodeJsonString(tree.text, start, tree.keyEnds[node] ?? start)
}

/** The member of this name; of duplicates the last, as every parser reads it. */
export function memberOf(tree: JsonTree, node: number, key: string): number | null {
  if (tree.kinds[node] !== jsonKind.object) return null
  let found: number | null = null
  for (const child of childrenOf(tree, node)) if (keyOf(tree, child) === key) found = child
  return found
}

/** The text of a string value; null for anything else. */
export function stringOf(tree: JsonTree, node: number): string | null {
  if (tree.kinds[node] !== jsonKind.string) return null
  return decodeJsonString(tree.text, tree.starts[node] ?? 0, tree.ends[node] ?? 0)
}

/** The first `charactersMax` UTF-16 units, at most, of what a value says: a string's text, else the source. */
export function clippedText(tree: JsonTree, node: number, charactersMax: number): string {
  const start = tree.starts[node] ?? 0
  const end = tree.ends[node] ?? 0
  if (tree.kinds[node] !== jsonKind.string) return tree.text.slice(start, Math.min(end, start + charactersMax))
  const cutAt = start + 1 + charactersMax
  return cutAt < end
    ? decodeCut(tree.text.slice(start + 1, cutAt))
    : decodeJsonString(tree.text, start, end).slice(0, charactersMax)
}

/** The text of the string literal from its opening quote to after its closing one. */
export function decodeJsonString(text: string, start: number, end: number): string {
  const source = text.slice(start + 1, end - 1)
  return source.includes('\\') ? (decode(source) ?? source) : source
}

/** A cut may fall inside an escape, which is at most six long. */
function decodeCut(source: string): string {
  if (!source.includes('\\')) return source
  for (let dropped = 0; dropped <= 6; dropped++) {
    const text = decode(source.slice(0, source.length - dropped))
    if (text !== null) return text
  }
  return source
}

/** Null for what is no JSON string; what is not quarantined for its escapes may still hold raw control characters. */
function decode(source: string): string | null {
  try {
    return JSON.parse(`"${source}"`)
  } catch {
    return null
  }
}
