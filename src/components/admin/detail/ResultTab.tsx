import { type RefObject, useMemo, useRef, useState } from 'react'
import type { Prose as FoundProse } from '@/lib/json/tree/find-prose'
import { formatCount } from '../../format'
import { TextView } from '../../payload/TextView'
import { headingsOf } from '../../prose/headings-of'
import { Prose } from '../../prose/Prose'
import { buttonClass } from '../../ui/button'
import { Segments } from './Segments'

const headingsMin = 3
const headingsMax = 100

type ResultTabProps = { prose: readonly FoundProse[]; onCopy: (text: string, what: string) => void }

const views = [
  { value: 'rendered', label: 'Rendered' },
  { value: 'source', label: 'Source' },
]

/** The prose of a result, to be read: as its Markdown means it, or as it was written. */
export default function ResultTab({ prose, onCopy }: ResultTabProps) {
  const [view, setView] = useState('rendered')
  const [path, setPath] = useState(prose[0]?.path)
  const rendered = useRef<HTMLDivElement>(null)
  const chosen = prose.find((one) => one.path === path) ?? prose[0]
  if (!chosen) return <p className="p-3 text-ink-2">The result holds no prose. The payload has all that was sent.</p>
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-3 py-1.5">
        <Segments label="View of the result" value={view} options={views} onChange={setView} />
        {prose.length > 1 && (
          <select
            aria-label="Which text"
            value={chosen.path}
            onChange={(event) => setPath(event.target.value)}
            className="h-7 min-w-0 max-w-60 rounded-control border border-line-strong bg-surface px-1 font-mono text-ink text-meta pointer-coarse:h-11"
          >
            {prose.map((one) => (
              <option key={one.path} value={one.path}>
                {one.path} ({formatCount(one.text.length)})
              </option>
            ))}
          </select>
        )}
        <span className="ml-auto flex">
          <button
            type="button"
            className={buttonClass('ghost', 'h-7 px-2')}
            onClick={() => onCopy(chosen.text, 'Markdown')}
          >
            Copy as Markdown
          </button>
          {view === 'rendered' && (
            <button
              type="button"
              className={buttonClass('ghost', 'h-7 px-2')}
              onClick={() => onCopy(rendered.current?.innerText ?? '', 'Text')}
            >
              Copy as text
            </button>
          )}
        </span>
      </div>
      {view === 'source' ? (
        <TextView text={chosen.text} tree={null} isWrapped query="" current={null} />
      ) : (
        <Rendered key={chosen.path} text={chosen.text} content={rendered} />
      )}
    </div>
  )
}

function Rendered({ text, content }: { text: string; content: RefObject<HTMLDivElement | null> }) {
  /** The heading to go to, once it has been rendered. */
  const [wanted, setWanted] = useState<number | null>(null)
  const goTo = (index: number): boolean => {
    const heading = content.current?.querySelectorAll<HTMLElement>('[data-prose-heading]')[index]
    heading?.focus()
    heading?.scrollIntoView({ block: 'start' })
    return heading !== undefined
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section aria-label="Result" tabIndex={0} className="min-h-0 flex-1 overflow-auto px-4 py-2 -outline-offset-2">
      <Outline text={text} onGoTo={(index) => setWanted(goTo(index) ? null : index)} />
      <div ref={content}>
        <Prose
          text={text}
          isWhole={wanted !== null}
          onGrown={() => {
            if (wanted !== null && goTo(wanted)) setWanted(null)
          }}
        />
      </div>
    </section>
  )
}

/** The headings, from three on, each of which leads to its place. */
function Outline({ text, onGoTo }: { text: string; onGoTo: (index: number) => void }) {
  const headings = useMemo(() => headingsOf(text).slice(0, headingsMax), [text])
  if (headings.length < headingsMin) return null
  return (
    <details className="my-2 max-w-[72ch] rounded-card border border-line bg-sunken px-3 py-1.5 text-meta">
      <summary className="cursor-pointer text-ink-2">Outline, {headings.length} headings</summary>
      <ol className="mt-1 max-h-40 overflow-auto">
        {headings.map((heading, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: headings of one text never change places.
          <li key={index}>
            <button
              type="button"
              className="cursor-pointer py-0.5 text-left text-accent hover:underline"
              onClick={() => onGoTo(index)}
            >
              {'\u2003'.repeat(Math.max(heading.level - 1, 0))}
              <bdi>{heading.text}</bdi>
            </button>
          </li>
        ))}
      </ol>
    </details>
  )
}
