import { isContainer, type JsonTree, jsonKind } from './json-tree'

export type JsonToken = { start: number; end: number; kind: 'key' | 'string' | 'number' | 'word' }

const names = { [jsonKind.string]: 'string', [jsonKind.number]: 'number', [jsonKind.word]: 'word' } as const

/** The keys and plain values of a stretch of the source, in order; those at its ends are cut to it. */
export function tokensBetween(tree: JsonTree, start: number, end: number): JsonToken[] {
  const tokens: JsonToken[] = []
  const push = (from: number, to: number, kind: JsonToken['kind']) => {
    if (to > start && from < end) tokens.push({ start: Math.max(from, start), end: Math.min(to, end), kind })
  }
  // A value that began earlier may reach in; it is the one before the first that begins here.
  for (let node = Math.max(firstFrom(tree, start) - 1, 0); node < tree.size; node++) {
    const keyStart = tree.keyStarts[node] ?? -1
    const valueStart = tree.starts[node] ?? 0
    if ((keyStart === -1 ? valueStart : keyStart) >= end) break
    if (keyStart !== -1) push(keyStart, tree.keyEnds[node] ?? 0, 'key')
    if (!isContainer(tree, node)) push(valueStart, tree.ends[node] ?? 0, names[tree.kinds[node] as 2 | 3 | 4])
  }
  return tokens
}

/** The first value that begins at `offset` or later: values stand in the order of the text. */
function firstFrom(tree: JsonTree, offset: number): number {
  let low = 0
  let high = tree.size
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tree.starts[middle] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
