import { childrenOf, type JsonTree, jsonKind, keyOf } from './json-tree'

const plainName = /^[\p{L}_$][\p{L}\p{N}_$]*$/u

/** Where a value stands, as JavaScript and jq write it: `result.items[3].title`. The root is `$`. */
export function jsonPathOf(tree: JsonTree, node: number): string {
  const steps: string[] = []
  for (let at = node; at > 0; at = tree.parents[at] ?? 0) steps.push(jsonPathStep(tree, at))
  return steps.length === 0 ? '$' : steps.reverse().join('').replace(/^\./, '')
}

/** The last step of the path of a value that has a parent. */
export function jsonPathStep(tree: JsonTree, node: number): string {
  const parent = tree.parents[node] ?? 0
  if (tree.kinds[parent] === jsonKind.object) return memberStep(keyOf(tree, node) ?? '')
  let index = 0
  for (const child of childrenOf(tree, parent)) {
    if (child === node) break
    index += 1
  }
  return `[${index}]`
}

export function memberStep(key: string): string {
  return plainName.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}
