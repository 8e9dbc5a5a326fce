import { useSyncExternalStore } from 'react'
import { definePreference } from '../preferences/preference'
import type { Rect } from './geometry'
import { reduceWindows, type WindowAction } from './reduce-windows'
import type { WindowState } from './window-state'

const rememberedRect = definePreference<Rect | null>({
  name: 'window',
  standard: null,
  parse: (stored) => (isRect(stored) ? stored : null),
})

const nowhere: WindowState = {
  windows: [],
  viewport: { width: 0, height: 0 },
  remembered: null,
  nextKey: 1,
  focusTurn: 0,
}
const listeners = new Set<() => void>()
let state = nowhere

/** Lets something happen to the windows. Outside React, since whoever opens one may stand anywhere. */
export function dispatchToWindows(action: WindowAction): void {
  const next = reduceWindows(state, action)
  if (next === state) return
  if (next.remembered !== state.remembered) rememberedRect.set(next.remembered)
  state = next
  for (const listener of listeners) listener()
}

/** Takes the size of the viewport and where a person last put a window; before anything else happens. */
export function startWindows(): void {
  state = { ...state, remembered: rememberedRect.get() }
  measureViewport()
}

export function measureViewport(): void {
  dispatchToWindows({ do: 'resizeViewport', viewport: { width: window.innerWidth, height: window.innerHeight } })
}

/** No windows any more: the console has gone, by signing out for instance. */
export function clearWindows(): void {
  state = { ...nowhere, nextKey: state.nextKey }
  for (const listener of listeners) listener()
}

export function getWindows(): WindowState {
  return state
}

export function useWindows(): WindowState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getWindows,
    () => nowhere,
  )
}

function isRect(stored: unknown): stored is Rect {
  return (
    typeof stored === 'object' &&
    stored !== null &&
    ['x', 'y', 'width', 'height'].every((side) => Number.isFinite(Reflect.get(stored, side)))
  )
}
