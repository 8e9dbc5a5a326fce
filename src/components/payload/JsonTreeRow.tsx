import { Braces, ChevronRight, Copy, Filter } from 'lucide-react'
import Link from 'next/link'
import { jsonPathOf } from '@/lib/json/tree/json-path'
import { clippedText, isContainer, type JsonTree, jsonKind, keyOf, sourceOf, stringOf } from '@/lib/json/tree/json-tree'
import { formatCount } from '../format'
import { cn } from '../ui/cn'
import { Marked } from './Marked'
import { tokenClass } from './token-class'
import { childrenMore, type TreeRow } from './tree-rows'

/** A value is shown up to here; the text view, and copying, have all of it. */
const valueCharactersMax = 500
const keyCharactersMax = 200
/** Deeper ones stand no further to the right, or a thousand levels would be out of sight. */
const indentedLevelsMax = 24
const indentPx = 16

type JsonTreeRowProps = {
  id: string
  tree: JsonTree
  row: TreeRow
  /** In pixels from the beginning of the tree. */
  top: number
  query: string
  isActive: boolean
  /** The search stands here. */
  isCurrent: boolean
  isOpen: boolean
  onActivate: () => void
  onCopy: (text: string, what: string) => void
}

/** One line: key, value, and on hover or focus what can be done with them. */
export function JsonTreeRow(props: JsonTreeRowProps) {
  const { id, tree, row, top, query, isActive, isCurrent, isOpen, onActivate, onCopy } = props
  const { node, level, position, siblings, isMore } = row
  const isBranch = !isMore && isContainer(tree, node)
  const left = 8 + Math.min(level, indentedLevelsMax) * indentPx
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keyboard's focus, and names the active line.
    // biome-ignore lint/a11y/useFocusableInteractive: the same.
    <div
      id={id}
      role="treeitem"
      aria-level={level + 1}
      aria-posinset={position + 1}
      aria-setsize={siblings}
      aria-expanded={isBranch ? isOpen : undefined}
      aria-selected={isActive}
      className={cn(
        'group absolute right-0 left-0 flex h-6 cursor-default items-center gap-1 pr-1 hover:bg-surface',
        isCurrent && 'bg-accent-subtle',
        isActive && 'group-focus-visible/tree:bg-accent-subtle',
      )}
      style={{ top, paddingLeft: left }}
      onClick={onActivate}
    >
      <ChevronRight
        size={12}
        strokeWidth={1.75}
        aria-hidden="true"
        className={cn('shrink-0 text-ink-3', isOpen && 'rotate-90', !isBranch && 'invisible')}
      />
      {isMore ? (
        <span className="text-accent">Show {formatCount(Math.min(siblings - position, childrenMore))} more</span>
      ) : (
        <>
          <Name tree={tree} row={row} query={query} />
          <Value tree={tree} node={node} query={query} />
          <RowActions tree={tree} node={node} isActive={isActive} onCopy={onCopy} />
        </>
      )}
    </div>
  )
}

function Name({ tree, row: { node, level, position }, query }: { tree: JsonTree; row: TreeRow; query: string }) {
  if (level === 0) return null
  const key = keyOf(tree, node)
  if (key === null) return <span className="shrink-0 text-ink-3">{position}:</span>
  return (
    <span className="max-w-1/2 shrink-0 truncate">
      <bdi className={tokenClass.key}>
        <Marked text={key.slice(0, keyCharactersMax)} query={query} />
      </bdi>
      <span className="text-ink-3">:</span>
    </span>
  )
}

function Value({ tree, node, query }: { tree: JsonTree; node: number; query: string }) {
  const kind = tree.kinds[node]
  if (isContainer(tree, node)) {
    const count = tree.childCounts[node] ?? 0
    const noun = kind === jsonKind.object ? 'key' : 'item'
    const [open, close] = kind === jsonKind.object ? ['{', '}'] : ['[', ']']
    return (
      <span className="truncate text-ink-3">
        {count === 0 ? `${open}${close}` : `${open} ${formatCount(count)} ${count === 1 ? noun : `${noun}s`} ${close}`}
      </span>
    )
  }
  // One line: a line's end shows as what a keyboard calls it.
  const text = clippedText(tree, node, valueCharactersMax).replaceAll('\n', '\u21b5')
  const isString = kind === jsonKind.string
  const look = isString ? tokenClass.string : kind === jsonKind.number ? tokenClass.number : tokenClass.word
  const isCut =
    (tree.ends[node] ?? 0) - (tree.starts[node] ?? 0) > valueCharactersMax && text.length >= valueCharactersMax / 6
  return (
    <bdi className={cn('min-w-0 truncate whitespace-pre', look)}>
      {isString && '"'}
      <Marked text={text} query={query} />
      {isCut ? '…' : isString && '"'}
    </bdi>
  )
}

/** Members of the payload's top level by which the list can be filtered. */
const filters: Record<string, string> = { job_id: 'job', event: 'event', workflow_name: 'workflow' }

type RowActionsProps = Pick<JsonTreeRowProps, 'tree' | 'isActive' | 'onCopy'> & { node: number }

function RowActions({ tree, node, isActive, onCopy }: RowActionsProps) {
  const shown = cn(
    'invisible ml-auto flex shrink-0 rounded-control border border-line bg-raised pl-0 group-hover:visible pointer-coarse:visible',
    isActive && 'group-focus-within/tree:visible',
  )
  const look = 'grid h-5 w-6 cursor-pointer place-items-center text-ink-2 hover:text-ink'
  const tabIndex = isActive ? 0 : -1
  const filter = tree.parents[node] === 0 ? filters[keyOf(tree, node) ?? ''] : undefined
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps clicks on the buttons from opening the line.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the same.
    <span className={shown} onClick={(event) => event.stopPropagation()}>
      <button
        type="button"
        tabIndex={tabIndex}
        className={look}
        title="Copy path"
        aria-label="Copy path"
        onClick={() => onCopy(jsonPathOf(tree, node), 'Path')}
      >
        <Braces size={12} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <button
        type="button"
        tabIndex={tabIndex}
        className={look}
        title="Copy value"
        aria-label="Copy value"
        onClick={() => onCopy(stringOf(tree, node) ?? sourceOf(tree, node), 'Value')}
      >
        <Copy size={12} strokeWidth={1.75} aria-hidden="true" />
      </button>
      {filter && (
        <Link
          href={`/callbacks?${new URLSearchParams({ [filter]: filterText(tree, node, filter) })}`}
          prefetch={false}
          tabIndex={tabIndex}
          className={look}
          title="Filter by this"
          aria-label="Filter by this"
        >
          <Filter size={12} strokeWidth={1.75} aria-hidden="true" />
        </Link>
      )}
    </span>
  )
}

/** In a list of values a comma is written `%2C`; a job stands alone. */
function filterText(tree: JsonTree, node: number, filter: string): string {
  const text = clippedText(tree, node, valueCharactersMax)
  return filter === 'job' ? text : text.replaceAll(',', '%2C').replace(/^!/, '%21')
}
