'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import type { CallbackHistory, HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { fetchJson } from '../../data/fetch-json'
import { type LiveEvent, onLiveEvent } from '../../live/live-events'
import { isFurther } from './cursor-order'
import { filterKey, filterQuery } from './history-query'
import type { HistoryState } from './history-state'
import { matchesFilters } from './matches-filters'

/** From here on nothing is prepended: the list is asked for again. */
export const newRowsMax = 200
/** Callbacks come in bursts, and one question answers for a whole burst. */
const askDelayMs = 300

type NewRowsInput = {
  state: HistoryState
  /** The first row of the newest page; null where that page is empty or another one is shown. */
  newest: HistoryItem | null
  isFirstPage: boolean
}

/** Rows that match the filters and came after those on the page, newest first; at most `newRowsMax`. */
export function useNewRows({ state, newest, isFirstPage }: NewRowsInput): readonly HistoryItem[] {
  const key = filterKey(state)
  const [waiting, setWaiting] = useState<{ key: string; rows: readonly HistoryItem[] }>({ key, rows: [] })
  const since = newest?.cursor ?? null
  const input = useRef({ state, key, since, isFirstPage })
  input.current = { state, key, since, isFirstPage }

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let asked = new AbortController()
    const add = (rows: readonly HistoryItem[]) => {
      const { key } = input.current
      setWaiting((before) => ({ key, rows: merge(rows, before.key === key ? before.rows : []) }))
    }
    const ask = async () => {
      asked.abort()
      asked = new AbortController()
      const path = newerPath(input.current)
      if (path === null) return
      const page = await fetchJson<CallbackHistory>(path, asked.signal).catch(() => null)
      if (page) add(page.items)
    }
    const stop = onLiveEvent((event) => {
      const { rows, isUndecided } = decide(event, input.current.state)
      if (rows.length > 0) add(rows)
      if (!isUndecided) return
      clearTimeout(timer)
      timer = setTimeout(ask, askDelayMs)
    })
    return () => {
      stop()
      clearTimeout(timer)
      asked.abort()
    }
  }, [])

  return useMemo(() => {
    if (waiting.key !== key) return noRows
    return since === null ? waiting.rows : waiting.rows.filter((row) => isFurther(row.cursor, since))
  }, [waiting, key, since])
}

const noRows: readonly HistoryItem[] = []

function decide(event: LiveEvent, state: HistoryState): { rows: HistoryItem[]; isUndecided: boolean } {
  if (event.kind === 'missed') return { rows: [], isUndecided: true }
  if (event.kind !== 'received') return { rows: [], isUndecided: false }
  const verdicts = event.items.map((item) => matchesFilters(item, state, Date.now()))
  return {
    rows: event.items.filter((_, index) => verdicts[index] === true).map(asRow),
    isUndecided: verdicts.includes(null),
  }
}

function asRow(summary: LLMCallbackSummary): HistoryItem {
  return { ...summary, viewed: false, handled: null }
}

/** What came after the first row; the whole first page where there was none. On other pages there is no such place. */
function newerPath({ state, since, isFirstPage }: { state: HistoryState; since: string | null; isFirstPage: boolean }) {
  if (!isFirstPage) return null
  const parameters = new URLSearchParams(filterQuery(state, Date.now()))
  parameters.set('limit', String(newRowsMax))
  if (since !== null) {
    parameters.set('cursor', since)
    parameters.set('direction', 'newer')
  }
  return `/api/admin/llm-callbacks?${parameters}`
}

function merge(rows: readonly HistoryItem[], others: readonly HistoryItem[]): HistoryItem[] {
  const byId = new Map([...others, ...rows].map((row) => [row.id, row]))
  return [...byId.values()].sort((one, other) => (isFurther(one.cursor, other.cursor) ? -1 : 1)).slice(0, newRowsMax)
}
