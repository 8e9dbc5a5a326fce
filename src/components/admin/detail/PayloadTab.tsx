import { ChevronDown, ChevronUp, WrapText } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import type { LLMCallbackDetail } from '@/lib/llm-callbacks/detail-schemas'
import { formatBytes, formatCount } from '../../format'
import { useShortcuts } from '../../keyboard/shortcuts'
import { HexView } from '../../payload/HexView'
import { JsonTreeView } from '../../payload/JsonTreeView'
import { TextView } from '../../payload/TextView'
import type { Payload } from '../../payload/use-json-tree'
import { type Search, useSearch } from '../../payload/use-search'
import { buttonClass } from '../../ui/button'
import { Input } from '../../ui/input'
import { Segments } from './Segments'

type PayloadTabProps = {
  callback: LLMCallbackDetail
  payload: Payload
  within: RefObject<HTMLElement | null>
  onCopy: (text: string, what: string) => void
}

type View = 'tree' | 'text'

/** What was sent, from its exact text: as a tree, as it stands, or as bytes where it is no text. */
export default function PayloadTab({ callback, payload, within, onCopy }: PayloadTabProps) {
  const [wanted, setWanted] = useState<View>('tree')
  const [isWrapped, setIsWrapped] = useState(true)
  const search = useSearch(payload)
  const { text, tree, isReading } = payload
  const view: View | 'hex' = text === null ? 'hex' : tree === null && !isReading ? 'text' : wanted
  const views = text === null ? ['hex'] : tree === null && !isReading ? ['text'] : ['tree', 'text']
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-3 py-1.5">
        <Segments
          label="View of the payload"
          value={view}
          options={views.map((value) => ({ value, label: { tree: 'Tree', text: 'Text', hex: 'Hex' }[value] ?? value }))}
          onChange={(value) => setWanted(value as View)}
        />
        {view === 'text' && (
          <button
            type="button"
            aria-pressed={isWrapped}
            className={buttonClass(isWrapped ? 'secondary' : 'ghost', 'h-7 px-2')}
            onClick={() => setIsWrapped(!isWrapped)}
          >
            <WrapText size={14} strokeWidth={1.75} aria-hidden="true" />
            Wrap
          </button>
        )}
        {text !== null && (
          <button type="button" className={buttonClass('ghost', 'h-7 px-2')} onClick={() => onCopy(text, 'Payload')}>
            Copy all
          </button>
        )}
        {text !== null && <SearchField search={search} within={within} />}
      </div>
      {view === 'tree' && tree !== null && (
        <JsonTreeView tree={tree} query={search.query} current={search.current?.node ?? null} onCopy={onCopy} />
      )}
      {view === 'tree' && tree === null && <div aria-busy="true" className="min-h-0 flex-1 bg-sunken" />}
      {view === 'text' && text !== null && (
        <TextView
          text={text}
          tree={tree}
          isWrapped={isWrapped}
          query={search.query}
          current={search.current?.offset ?? null}
        />
      )}
      {view === 'hex' && <HexView hex={callback.payloadHex ?? ''} totalBytes={callback.payloadBytes} />}
      <p className="flex flex-wrap gap-x-2 border-line border-t px-3 py-1 text-ink-2 text-meta">
        <span title={`${formatCount(callback.payloadBytes)} bytes`}>{formatBytes(callback.payloadBytes)}</span>
        <span>{text === null ? 'Not UTF-8' : 'UTF-8'}</span>
        <span className="min-w-0 truncate" title={callback.sha256}>
          SHA-256 <code className="font-mono">{callback.sha256}</code>
        </span>
      </p>
    </div>
  )
}

function SearchField({ search, within }: { search: Search; within: RefObject<HTMLElement | null> }) {
  const field = useRef<HTMLInputElement>(null)
  useShortcuts('window', [{ keys: '/', label: 'Search in the payload', run: () => field.current?.focus() }], within)
  const { query, setQuery, count, index, go } = search
  return (
    <search className="ml-auto flex min-w-0 flex-1 items-center justify-end gap-1">
      <span role="status" className="shrink-0 text-ink-2 text-meta">
        {query !== '' && (count === 0 ? 'No match' : `${formatCount(index + 1)} of ${formatCount(count)}`)}
      </span>
      <Input
        ref={field}
        type="search"
        aria-label="Search in the payload"
        placeholder="Search"
        value={query}
        className="h-7 w-40 pointer-coarse:h-11"
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go(event.shiftKey ? -1 : 1)
          else if (event.key === 'Escape' && query !== '') setQuery('')
          else if (event.key === 'Escape') within.current?.focus()
          else return
          event.preventDefault()
        }}
      />
      <button
        type="button"
        aria-label="Previous match"
        disabled={count === 0}
        className={buttonClass('ghost', 'h-7 w-7 px-0')}
        onClick={() => go(-1)}
      >
        <ChevronUp size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <button
        type="button"
        aria-label="Next match"
        disabled={count === 0}
        className={buttonClass('ghost', 'h-7 w-7 px-0')}
        onClick={() => go(1)}
      >
        <ChevronDown size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </search>
  )
}
