import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { isContainer, type JsonTree } from '@/lib/json/tree/json-tree'
import { JsonTreeRow } from './JsonTreeRow'
import { childrenMore, childrenShown, isOpen, revealed, type TreeRow, treeRows, untouchedView } from './tree-rows'

const rowHeightPx = 24
const rowsPerPage = 20

type JsonTreeViewProps = {
  tree: JsonTree
  query: string
  /** The value to show: where the search is. */
  current: number | null
  onCopy: (text: string, what: string) => void
}

/** A payload as a tree, of which only the lines on screen are there (https://www.w3.org/WAI/ARIA/apg/patterns/treeview/). */
export function JsonTreeView({ tree, query, current, onCopy }: JsonTreeViewProps) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [view, setView] = useState(untouchedView)
  const [active, setActive] = useState(0)
  const rows = useMemo(() => treeRows(tree, view), [tree, view])
  const activeIndex = Math.min(active, rows.length - 1)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 12,
    // The active line is named by the tree, and so must be there wherever it is scrolled to.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), activeIndex])].sort((a, b) => a - b),
    useFlushSync: false,
  })

  function goTo(index: number) {
    const next = Math.max(0, Math.min(index, rows.length - 1))
    setActive(next)
    virtualizer.scrollToIndex(next)
  }

  function toggle({ node, level, isMore }: TreeRow, open?: boolean) {
    if (isMore) {
      setView({ ...view, shown: new Map(view.shown).set(node, (view.shown.get(node) ?? childrenShown) + childrenMore) })
    } else if (isContainer(tree, node)) {
      setView({ ...view, opened: new Map(view.opened).set(node, open ?? !isOpen(view, node, level)) })
    }
  }

  useEffect(() => {
    if (current !== null) setView((before) => revealed(tree, before, current))
  }, [tree, current])
  // biome-ignore lint/correctness/useExhaustiveDependencies: goes to a match once it has a line, not at each change of lines.
  useEffect(() => {
    const index = current === null ? -1 : rows.findIndex(({ node, isMore }) => node === current && !isMore)
    if (index === -1) return
    setActive(index)
    virtualizer.scrollToIndex(index, { align: 'center' })
  }, [current, rows.length])

  function onKeyDown(event: KeyboardEvent) {
    const row = rows[activeIndex]
    if (!row || event.target !== scroller.current || event.altKey || event.ctrlKey || event.metaKey) return
    const isBranch = !row.isMore && isContainer(tree, row.node)
    const isRowOpen = isBranch && isOpen(view, row.node, row.level)
    const parent = row.isMore ? row.node : (tree.parents[row.node] ?? 0)
    const acts: Record<string, () => void> = {
      ArrowDown: () => goTo(activeIndex + 1),
      ArrowUp: () => goTo(activeIndex - 1),
      PageDown: () => goTo(activeIndex + rowsPerPage),
      PageUp: () => goTo(activeIndex - rowsPerPage),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      ArrowRight: () => (isRowOpen ? goTo(activeIndex + 1) : isBranch && toggle(row, true)),
      ArrowLeft: () =>
        isRowOpen ? toggle(row, false) : goTo(rows.findIndex(({ node, isMore }) => node === parent && !isMore)),
      Enter: () => toggle(row),
      ' ': () => toggle(row),
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Payload"
      aria-activedescendant={`${id}-${activeIndex}`}
      tabIndex={0}
      className="group/tree min-h-0 flex-1 overflow-auto bg-sunken py-1 font-mono text-meta -outline-offset-2"
      onKeyDown={onKeyDown}
    >
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          return (
            row && (
              <JsonTreeRow
                key={`${row.node} ${row.isMore}`}
                id={`${id}-${index}`}
                tree={tree}
                row={row}
                top={start}
                query={query}
                isActive={index === activeIndex}
                isCurrent={row.node === current && !row.isMore}
                isOpen={isOpen(view, row.node, row.level)}
                onActivate={() => {
                  setActive(index)
                  toggle(row)
                }}
                onCopy={onCopy}
              />
            )
          )
        })}
      </div>
    </div>
  )
}
