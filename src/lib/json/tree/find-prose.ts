import { jsonPathOf } from './json-path'
import { type JsonTree, jsonKind, memberOf, stringOf } from './json-tree'

export type Prose = { path: string; text: string }

/** From here on a string is taken for prose instead of a name or a number. */
const charactersMin = 200
const proseMax = 50

/** The long strings under `result`, the longest first. */
export function findProse(tree: JsonTree): Prose[] {
  const result = memberOf(tree, 0, 'result')
  if (result === null) return []
  const found: { node: number; length: number }[] = []
  for (let node = result; node < (tree.nexts[result] ?? 0); node++) {
    const length = (tree.ends[node] ?? 0) - (tree.starts[node] ?? 0)
    if (tree.kinds[node] === jsonKind.string && length >= charactersMin + 2) found.push({ node, length })
  }
  return found
    .sort((one, other) => other.length - one.length)
    .slice(0, proseMax)
    .flatMap(({ node }) => {
      const text = stringOf(tree, node) ?? ''
      return text.length >= charactersMin ? [{ path: jsonPathOf(tree, node), text }] : []
    })
}
