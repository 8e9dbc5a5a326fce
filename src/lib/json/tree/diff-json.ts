import { memberStep } from './json-path'
import { isContainer, type JsonTree, jsonKind, keyOf, sourceOf } from './json-tree'

/** A value of two texts at the same place; null where one of them has none. As the source says it. */
export type JsonDifference = { path: string; left: string | null; right: string | null }

export type JsonDiff = {
  /** Values that hold no others, on either side. */
  valueCount: number
  differences: JsonDifference[]
}

const nodesPerStep = 1_024

/**
 * What differs between two JSON texts, value by value, numbers by their digits.
 * @param ignored top-level members to leave out: what every delivery says anew
 */
export function* diffJson(left: JsonTree, right: JsonTree, ignored: readonly string[]): Generator<undefined, JsonDiff> {
  const ofLeft = yield* leavesOf(left, ignored)
  const ofRight = yield* leavesOf(right, ignored)
  const differences: JsonDifference[] = []
  for (const [path, source] of ofLeft) {
    const other = ofRight.get(path) ?? null
    if (source !== other) differences.push({ path, left: source, right: other })
  }
  let valueCount = ofLeft.size
  for (const [path, source] of ofRight) {
    if (ofLeft.has(path)) continue
    valueCount += 1
    differences.push({ path, left: null, right: source })
  }
  return { valueCount, differences }
}

/** The source of each value that holds no others, an empty object or array among them, by its path. */
function* leavesOf(tree: JsonTree, ignored: readonly string[]): Generator<undefined, Map<string, string>> {
  const leaves = new Map<string, string>()
  const paths = new Map<number, string>([[0, '']])
  const indexes = new Map<number, number>()
  for (let node = 0; node < tree.size; node++) {
    if (node % nodesPerStep === nodesPerStep - 1) yield
    const parent = tree.parents[node] ?? -1
    if (parent === 0 && ignored.includes(keyOf(tree, node) ?? '')) {
      node = (tree.nexts[node] ?? node + 1) - 1
      continue
    }
    const path = parent === -1 ? '' : paths.get(parent) + stepTo(tree, node, parent, indexes)
    if (isContainer(tree, node) && tree.childCounts[node]) paths.set(node, path)
    else leaves.set(freePath(leaves, path.replace(/^\./, '') || '$'), sourceOf(tree, node))
  }
  return leaves
}

function stepTo(tree: JsonTree, node: number, parent: number, indexes: Map<number, number>): string {
  if (tree.kinds[parent] === jsonKind.object) return memberStep(keyOf(tree, node) ?? '')
  const index = indexes.get(parent) ?? 0
  indexes.set(parent, index + 1)
  return `[${index}]`
}

/** A key that stands twice is two values. */
function freePath(leaves: Map<string, string>, path: string): string {
  if (!leaves.has(path)) return path
  let count = 2
  while (leaves.has(`${path} (${count})`)) count += 1
  return `${path} (${count})`
}
