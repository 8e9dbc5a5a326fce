import type { JsonTree } from '@/lib/json/tree/json-tree'
import { visibleText } from '@/lib/text/visible-text'
import { CopyButton } from '../../copy-button'
import { errorFactsOf } from './error-facts'

type ErrorBlockProps = {
  /** As the columns have it, clipped at 2,000 characters. */
  errorMessage: string | null
  tree: JsonTree | null
}

/** What went wrong, in full, and what else the sender says of it. */
export function ErrorBlock({ errorMessage, tree }: ErrorBlockProps) {
  const { message, facts } = errorFactsOf(tree)
  const text = message ?? errorMessage
  if (text === null && facts.length === 0) return null
  return (
    <section
      aria-label="Error"
      className="grid gap-1.5 rounded-card border border-danger-solid/40 border-l-3 border-l-danger-solid bg-danger-subtle p-2 pl-3"
    >
      {text !== null && (
        <div className="flex items-start gap-2">
          <pre
            dir="auto"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
            tabIndex={0}
            className="max-h-32 min-w-0 flex-1 overflow-auto whitespace-pre-wrap font-mono text-meta [overflow-wrap:anywhere]"
          >
            {visibleText(text, { lines: true })}
          </pre>
          <CopyButton text={text} label="error message" />
        </div>
      )}
      {facts.length > 0 && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-meta">
          {facts.map(({ label, values }) => (
            <div key={label} className="contents">
              <dt className="text-ink-2">{label}</dt>
              <dd className="min-w-0 [overflow-wrap:anywhere]">
                {values.map((value, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a sender may say the same twice.
                  <bdi key={index} dir="auto" className="block">
                    {visibleText(value, { lines: true })}
                  </bdi>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
