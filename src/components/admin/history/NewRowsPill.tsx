'use client'

import { ArrowUp, CircleX } from 'lucide-react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { newRowsMax } from './use-new-rows'

/** What waits above the first row. A click brings it in; nothing moves before. */
export function NewRowsPill({ rows, onShow }: { rows: readonly HistoryItem[]; onShow: () => void }) {
  if (rows.length === 0) return null
  const failed = rows.filter(({ status }) => status === 'failed').length
  const Icon = failed > 0 ? CircleX : ArrowUp
  return (
    <div className="pointer-events-none sticky top-0 left-0 z-20 h-0 md:top-8">
      <div className="flex justify-center pt-2">
        <button
          type="button"
          title="Show new rows ( . )"
          className="pointer-events-auto flex h-7 cursor-pointer items-center gap-1.5 rounded-full border border-line-strong bg-raised px-3 font-medium shadow-menu hover:bg-sunken pointer-coarse:h-11"
          onClick={onShow}
        >
          <Icon
            size={14}
            strokeWidth={1.75}
            aria-hidden="true"
            className={failed > 0 ? 'text-danger' : 'text-accent'}
          />
          {newRowsText(rows.length, failed)}
        </button>
      </div>
    </div>
  )
}

/** `3 new`, `3 new, 1 failed`, `200+ new`. */
export function newRowsText(count: number, failed: number): string {
  const text = count >= newRowsMax ? `${newRowsMax}+ new` : `${count} new`
  return failed > 0 ? `${text}, ${failed} failed` : text
}
