'use client'

import { type RefObject, useEffect, useState } from 'react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'

type FollowInput = {
  rows: readonly HistoryItem[]
  show: () => void
  isFirstPage: boolean
  isSelecting: boolean
  grid: RefObject<HTMLElement | null>
}

export type Follow = Readonly<{ isOn: boolean; isPaused: boolean; toggle: () => void }>

/** Brings new rows in at once, while nobody is in the midst of anything; else they wait behind their count. */
export function useFollow({ rows, show, isFirstPage, isSelecting, grid }: FollowInput): Follow {
  const [isOn, setIsOn] = useState(false)
  useEffect(() => {
    if (isOn && rows.length > 0 && isFirstPage && !isSelecting && isAtRest(grid.current)) show()
  }, [isOn, rows, isFirstPage, isSelecting, grid, show])
  return { isOn, isPaused: isOn && rows.length > 0, toggle: () => setIsOn((before) => !before) }
}

/** Scrolled to the top, with no row focused and no menu open. */
function isAtRest(grid: HTMLElement | null): boolean {
  if (grid?.contains(document.activeElement)) return false
  const scroller = grid?.closest('[data-scroller]')
  if (window.scrollY > 0 || (scroller && scroller.scrollTop > 0)) return false
  return document.querySelector('[role="menu"], [data-radix-popper-content-wrapper]') === null
}
