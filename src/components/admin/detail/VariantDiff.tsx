import { useEffect, useState } from 'react'
import { diffJson, type JsonDiff } from '@/lib/json/tree/diff-json'
import { visibleText } from '@/lib/text/visible-text'
import { formatCount } from '../../format'
import { runInSlices } from '../../payload/run-in-slices'
import { type Payload, useJsonTree } from '../../payload/use-json-tree'
import { useDetail } from '../../windows/data/detail-query'

/** What every delivery says anew. */
const ignored = ['timestamp']
const differencesShown = 200
const valueCharactersMax = 2_000

/** What differs between this callback and another delivery of its identity, side by side. */
export function VariantDiff({ payload, otherId }: { payload: Payload; otherId: string }) {
  const { data, error } = useDetail(otherId)
  const other = useJsonTree(data?.payloadText)
  const diff = useDiff(payload, other)
  if (error) return <p role="alert">Could not load the other one: {error.message}.</p>
  if (data && !other.isReading && !payload.isReading && (!payload.tree || !other.tree))
    return <p>One of the two is not JSON, so their values can’t be compared.</p>
  if (diff === null) return <p className="text-ink-2">Comparing…</p>
  const { differences, valueCount } = diff
  return (
    <section aria-label="Comparison" className="grid gap-2">
      <p role="status" className="font-medium">
        {formatCount(differences.length)} of {formatCount(valueCount)} values differ
      </p>
      {differences.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section aria-label="Values that differ" tabIndex={0} className="overflow-x-auto">
          <table className="w-full min-w-[480px] table-fixed text-left font-mono text-meta">
            <thead className="font-sans text-ink-2">
              <tr>
                <th scope="col" className="w-1/4 py-1 pr-2 font-medium">
                  Path
                </th>
                <th scope="col" className="py-1 pr-2 font-medium">
                  This one
                </th>
                <th scope="col" className="py-1 font-medium">
                  The other
                </th>
              </tr>
            </thead>
            <tbody>
              {differences.slice(0, differencesShown).map(({ path, left, right }) => (
                <tr key={path} className="border-line border-t align-top">
                  <th scope="row" className="py-1 pr-2 font-normal [overflow-wrap:anywhere]">
                    {visibleText(path)}
                  </th>
                  <Side source={left} />
                  <Side source={right} />
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {differences.length > differencesShown && (
        <p className="text-ink-2 text-meta">The first {differencesShown} are shown.</p>
      )}
    </section>
  )
}

function Side({ source }: { source: string | null }) {
  if (source === null) return <td className="bg-neutral-subtle px-1 py-1 text-ink-3">not there</td>
  return (
    <td className="bg-warning-subtle px-1 py-1 [overflow-wrap:anywhere]">
      <bdi>{visibleText(source.slice(0, valueCharactersMax))}</bdi>
      {source.length > valueCharactersMax && '…'}
    </td>
  )
}

function useDiff({ tree: left }: Payload, { tree: right }: Payload): JsonDiff | null {
  const [diff, setDiff] = useState<JsonDiff | null>(null)
  useEffect(() => {
    setDiff(null)
    if (!left || !right) return
    const stop = new AbortController()
    runInSlices(diffJson(left, right, ignored), stop.signal).then(setDiff, () => undefined)
    return () => stop.abort()
  }, [left, right])
  return diff
}
