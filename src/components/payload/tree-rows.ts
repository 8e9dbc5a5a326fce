import { childrenOf, isContainer, type JsonTree } from '@/lib/json/tree/json-tree'

/** Children of one value that are listed before "Show 900 more", and how many that adds. */
export const childrenShown = 100
export const childrenMore = 900
const levelsOpen = 2

/** A line of the tree: a value, or what asks for more of its parent's children. `level` of the root is 0. */
export type TreeRow = {
  node: number
  level: number
  /** From 0; of the first that is not shown where this asks for more. */
  position: number
  siblings: number
  isMore: boolean
}

export type TreeView = {
  /** Values that were opened or closed by hand, and which of both. */
  opened: ReadonlyMap<number, boolean>
  /** How many children are listed, where more were asked for. */
  shown: ReadonlyMap<number, number>
}

export const untouchedView: TreeView = { opened: new Map(), shown: new Map() }

export function isOpen({ opened }: TreeView, node: number, level: number): boolean {
  return opened.get(node) ?? level < levelsOpen
}

/** The lines that show, from top to bottom; without recursion, for a payload may nest a thousand deep. */
export function treeRows(tree: JsonTree, view: TreeView): TreeRow[] {
  const rows: TreeRow[] = [{ node: 0, level: 0, position: 0, siblings: 1, isMore: false }]
  const open: Iterator<TreeRow>[] = [listed(tree, view, 0, 0)]
  for (let innermost = open.at(-1); innermost; innermost = open.at(-1)) {
    const { done, value: row } = innermost.next()
    if (done) {
      open.pop()
      continue
    }
    rows.push(row)
    if (!row.isMore) open.push(listed(tree, view, row.node, row.level))
  }
  return rows
}

function* listed(tree: JsonTree, view: TreeView, node: number, level: number): Generator<TreeRow, undefined> {
  if (!isContainer(tree, node) || !isOpen(view, node, level)) return
  const siblings = tree.childCounts[node] ?? 0
  const shown = view.shown.get(node) ?? childrenShown
  let position = 0
  for (const child of childrenOf(tree, node)) {
    if (position >= shown) {
      yield { node, level: level + 1, position, siblings, isMore: true }
      return
    }
    yield { node: child, level: level + 1, position, siblings, isMore: false }
    position += 1
  }
}

/** The view in which a value has a line: all that it is in is open, and lists far enough. */
export function revealed(tree: JsonTree, view: TreeView, node: number): TreeView {
  const opened = new Map(view.opened)
  const shown = new Map(view.shown)
  for (let child = node, at = tree.parents[node] ?? -1; at !== -1; child = at, at = tree.parents[at] ?? -1) {
    opened.set(at, true)
    let position = 0
    for (const sibling of childrenOf(tree, at)) {
      position += 1
      if (sibling === child) break
    }
    shown.set(at, Math.max(shown.get(at) ?? childrenShown, position))
  }
  return { opened, shown }
}
