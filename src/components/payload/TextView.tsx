import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import type { JsonTree } from '@/lib/json/tree/json-tree'
import { tokensBetween } from '@/lib/json/tree/tokens-between'
import { formatCount } from '../format'
import { cn } from '../ui/cn'
import { Marked } from './Marked'
import { rowAt, textRows } from './text-rows'
import { tokenClass } from './token-class'

const rowHeightPx = 20

type TextViewProps = {
  text: string
  /** Gives the colours; null while it is read, or where there is none. */
  tree: JsonTree | null
  isWrapped: boolean
  query: string
  /** Offset of what the search found. */
  current: number | null
}

/** The exact text, of which only the rows on screen are there. */
export function TextView({ text, tree, isWrapped, query, current }: TextViewProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => textRows(text), [text])
  const virtualizer = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 10,
    useFlushSync: false,
  })
  const currentRow = current === null ? null : rowAt(rows, current)

  useEffect(() => {
    if (currentRow !== null) virtualizer.scrollToIndex(currentRow, { align: 'center' })
  }, [currentRow, virtualizer])
  // biome-ignore lint/correctness/useExhaustiveDependencies: wrapping changes the heights of all rows.
  useEffect(() => virtualizer.measure(), [isWrapped, virtualizer])

  const gutter = `${formatCount(rows.lines.at(-1) ?? 1).length + 2}ch`
  return (
    <section
      ref={scroller}
      aria-label="Exact text"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto bg-sunken py-1 font-mono text-meta -outline-offset-2"
    >
      <div
        className="relative min-w-full"
        style={{ height: virtualizer.getTotalSize(), width: isWrapped ? undefined : `${rows.longest + 12}ch` }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            ref={isWrapped ? virtualizer.measureElement : undefined}
            data-index={index}
            className={cn('absolute left-0 flex min-h-5 w-full leading-5', index === currentRow && 'bg-accent-subtle')}
            style={{ top: start }}
          >
            <span className="shrink-0 select-none pr-2 text-right text-ink-3" style={{ width: gutter }}>
              {rows.lines[index] !== rows.lines[index - 1] && formatCount(rows.lines[index] ?? 0)}
            </span>
            <span className={isWrapped ? 'min-w-0 flex-1 whitespace-pre-wrap break-all' : 'h-5 whitespace-pre'}>
              <Row text={text} tree={tree} start={rows.starts[index] ?? 0} end={rows.ends[index] ?? 0} query={query} />
            </span>
          </div>
        ))}
      </div>
    </section>
  )
}

type RowProps = Pick<TextViewProps, 'text' | 'tree' | 'query'> & { start: number; end: number }

function Row({ text, tree, start, end, query }: RowProps) {
  const shownEnd = text[end - 1] === '\r' && text[end] === '\n' ? end - 1 : end
  const pieces: { from: number; to: number; look?: string }[] = []
  let at = start
  for (const token of tree === null ? [] : tokensBetween(tree, start, shownEnd)) {
    if (token.start > at) pieces.push({ from: at, to: token.start, look: 'text-ink-3' })
    pieces.push({ from: token.start, to: token.end, look: tokenClass[token.kind] })
    at = token.end
  }
  if (at < shownEnd) pieces.push({ from: at, to: shownEnd })
  return pieces.map(({ from, to, look }) => {
    return (
      <bdi key={from} className={look}>
        <Marked text={text.slice(from, to)} query={query} keepsTabs />
      </bdi>
    )
  })
}
