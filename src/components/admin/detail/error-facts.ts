import {
  childrenOf,
  isContainer,
  type JsonTree,
  jsonKind,
  memberOf,
  sourceOf,
  stringOf,
} from '@/lib/json/tree/json-tree'

export type ErrorFacts = {
  /** Whole, where the columns clip it; null where the payload says none. */
  message: string | null
  /** What else is said of it, in the order of the payload. */
  facts: { label: string; values: string[] }[]
}

const labels: Record<string, string> = {
  type: 'Type',
  category: 'Category',
  step_id: 'Step',
  retryable: 'Retryable',
  suggestions: 'Suggestions',
}
const valuesMax = 20

/** What a payload says of its failure: `error_message`, or `error` as a text or as an object. */
export function errorFactsOf(tree: JsonTree | null): ErrorFacts {
  if (tree === null) return { message: null, facts: [] }
  const error = memberOf(tree, 0, 'error')
  const isObject = error !== null && tree.kinds[error] === jsonKind.object
  const message =
    textOf(tree, memberOf(tree, 0, 'error_message')) ??
    (isObject ? textOf(tree, memberOf(tree, error, 'message')) : textOf(tree, error))
  const facts = Object.entries(labels).flatMap(([key, label]) => {
    const node = isObject ? memberOf(tree, error, key) : null
    const values = node === null ? [] : valuesOf(tree, node)
    return values.length === 0 ? [] : [{ label, values }]
  })
  return { message, facts }
}

function textOf(tree: JsonTree, node: number | null): string | null {
  return node === null ? null : stringOf(tree, node)
}

function valuesOf(tree: JsonTree, node: number): string[] {
  if (tree.kinds[node] === jsonKind.word && sourceOf(tree, node) === 'null') return []
  if (!isContainer(tree, node)) return [wordOf(stringOf(tree, node) ?? sourceOf(tree, node))]
  const values: string[] = []
  for (const child of childrenOf(tree, node)) {
    if (values.length === valuesMax) break
    values.push(stringOf(tree, child) ?? sourceOf(tree, child))
  }
  return values
}

function wordOf(text: string): string {
  return { true: 'Yes', false: 'No' }[text] ?? text
}
