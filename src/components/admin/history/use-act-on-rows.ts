'use client'

import { useCallback } from 'react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { formatCount } from '../../format'
import { showFailure, showResult } from '../../results/results'
import { openCallback } from '../../windows/open-callback'
import { needsAttention } from '../actions/needs-attention'
import { useCallbackActions } from '../actions/use-callback-actions'
import type { RowActName } from './row-acts'

export type ActOnRows = (name: RowActName, rows: readonly HistoryItem[]) => void

/** Does to rows what their menu, a key or a command says. */
export function useActOnRows(adminName: string, showJob: (jobId: string) => void): ActOnRows {
  const { setViewed, setHandled } = useCallbackActions(adminName)
  return useCallback(
    (name, rows) => {
      const [row] = rows
      if (!row) return
      const idsOf = (isMeant: (row: HistoryItem) => boolean) => rows.filter(isMeant).map(({ id }) => id)
      if (name === 'open' || name === 'open-new') {
        openCallback(row.id, { summary: row, inNewWindow: name === 'open-new' })
      } else if (name === 'view' || name === 'unview') {
        const ids = idsOf(({ viewed }) => viewed !== (name === 'view'))
        if (ids.length > 0) setViewed(ids, name === 'view')
      } else if (name === 'handle' || name === 'unhandle') {
        const isOpen = (row: HistoryItem) => row.handled === null && needsAttention(row)
        const ids = idsOf((row) => (name === 'handle' ? isOpen(row) : row.handled !== null))
        if (ids.length > 0) setHandled(ids, name === 'handle')
        else showResult(rows.length === 1 ? 'This one needs no attention.' : 'None of these needs attention.')
      } else if (name === 'copy-link') {
        const links = rows.map(({ id }) => `${window.location.origin}/callbacks/${id}`)
        void copy(links.join('\n'), rows.length === 1 ? 'Link copied.' : `${formatCount(rows.length)} links copied.`)
      } else if (name === 'copy-job' && row.externalJobId !== null) {
        void copy(row.externalJobId, 'Job id copied.')
      } else if (name === 'show-job' && row.externalJobId !== null) {
        showJob(row.externalJobId)
      } else if (name === 'download') {
        window.location.assign(`/api/admin/llm-callbacks/${row.id}/raw`)
      }
    },
    [setViewed, setHandled, showJob],
  )
}

async function copy(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showResult(said)
  } catch {
    showFailure('Not copied. The browser did not allow it.')
  }
}
