'use client'

import { useQuery } from '@tanstack/react-query'
import type { Result } from '@/lib/results/get-result'
import { visibleText } from '@/lib/text/visible-text'
import { CopyButton } from '../../copy-button'
import { fetchJson } from '../../data/fetch-json'
import { Time } from '../../time'

const lookEveryMs = 3_000
/** Longer ones are cut here; what is copied is whole. */
const shownCharactersMax = 20_000

type FetchedResultProps = { callbackId: string; renderedAt: string }

/** What Callboard fetched because the sender did not send it: apart from all that was signed, and said to be so. */
export function FetchedResult({ callbackId, renderedAt }: FetchedResultProps) {
  const { data } = useQuery({
    queryKey: ['callback-result', callbackId],
    queryFn: ({ signal }) =>
      fetchJson<{ result: Result | null }>(`/api/admin/llm-callbacks/${callbackId}/result`, signal),
    refetchInterval: ({ state }) => (state.data?.result?.state === 'waiting' ? lookEveryMs : false),
  })
  const result = data?.result
  if (!result) return null
  const { text, fetchedAt } = result
  return (
    <section aria-label="Fetched result" className="grid gap-2 rounded-control border border-line border-dashed p-3">
      <p className="text-meta text-warning">Fetched by Callboard, not signed by the sender</p>
      <p className="text-ink-2">
        {fetchedAt !== null ? (
          <>
            Fetched <Time at={fetchedAt} renderedAt={renderedAt} />.
          </>
        ) : (
          waitingWords(result)
        )}
      </p>
      {text !== null && (
        <div className="flex items-start gap-2">
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
            tabIndex={0}
            className="max-h-[320px] min-w-0 flex-1 overflow-auto whitespace-pre-wrap break-words font-mono text-meta"
          >
            {visibleText(text.slice(0, shownCharactersMax), { lines: true })}
            {text.length > shownCharactersMax && '…'}
          </pre>
          <CopyButton text={text} label="fetched result" />
        </div>
      )}
    </section>
  )
}

function waitingWords({ state, attempts, error }: Result): string {
  if (state === 'failed') return `Not fetched after ${attempts} tries. ${error ?? ''}`
  return error === null ? 'It is being fetched.' : `Not fetched yet, and tried again. ${error}`
}
