import type { OverviewRange } from '@/lib/overview/ranges'
import { serializeParameter } from '../admin/history/history-state'

export type OverviewState = { range: OverviewRange; source: string | null; workflow: string | null }

/** The API's query. */
export function overviewQuery({ range, source, workflow }: OverviewState): string {
  return new URLSearchParams({
    range,
    ...(source !== null && source !== '' && { source }),
    ...(workflow !== null && workflow !== '' && { workflow }),
  }).toString()
}

/** The callbacks behind a figure, as the URL of their list. */
export function callbacksHref(
  { range, source, workflow }: OverviewState,
  more: { status?: string; viewed?: string; from?: string; to?: string } = {},
): string {
  const query = new URLSearchParams({ ...(more.from === undefined && { range }), ...more })
  for (const [key, value] of [['source', source] as const, ['workflow', workflow] as const]) {
    const written = value === null ? null : serializeParameter(key, { values: [value], excluded: [] })
    if (written !== null) query.set(key, written)
  }
  return `/callbacks?${query}`
}

/** The API's query for the latest failures. */
export function failuresQuery(state: OverviewState): string {
  const query = new URLSearchParams(callbacksHref(state, { status: 'failed' }).split('?')[1])
  query.delete('range')
  query.set('limit', '5')
  return query.toString()
}
