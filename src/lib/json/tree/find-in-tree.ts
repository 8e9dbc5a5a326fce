import { decodeJsonString, isContainer, type JsonTree, keyOf, sourceOf, stringOf } from './json-tree'

/** A key or a value that holds the text that was searched for. */
export type JsonMatch = { node: number; isKey: boolean }

const nodesPerStep = 1_024

/** Finds text, whatever its case, in keys and in values that hold no others; escapes count as the characters they mean. */
export function* findInTree(tree: JsonTree, text: string): Generator<undefined, JsonMatch[]> {
  const wanted = text.toLowerCase()
  const matches: JsonMatch[] = []
  for (let node = 0; node < tree.size; node++) {
    if (node % nodesPerStep === nodesPerStep - 1) yield
    if (keyOf(tree, node)?.toLowerCase().includes(wanted)) matches.push({ node, isKey: true })
    if (isContainer(tree, node)) continue
    if ((stringOf(tree, node) ?? sourceOf(tree, node)).toLowerCase().includes(wanted))
      matches.push({ node, isKey: false })
  }
  return matches
}

/** Where in the source a match stands. */
export function offsetOfMatch(tree: JsonTree, { node, isKey }: JsonMatch, text: string): number {
  const start = (isKey ? tree.keyStarts[node] : tree.starts[node]) ?? 0
  const end = (isKey ? tree.keyEnds[node] : tree.ends[node]) ?? 0
  // Exact where the source has no escape before it; else the value's beginning is near enough.
  const within = decodeJsonString(tree.text, start, end).toLowerCase().indexOf(text.toLowerCase())
  return tree.text.charCodeAt(start) === 0x22 ? Math.min(start + 1 + Math.max(within, 0), end - 1) : start
}
