import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { clampRect, halfRect, nextRect, type Rect, type Size, tileRects } from './geometry'
import {
  type CallbackWindow,
  type DetailTab,
  openMax,
  openWindows,
  type WindowEntry,
  type WindowState,
  windowsMax,
} from './window-state'

export type WindowAction =
  | { do: 'open'; callbackId: string; summary?: LLMCallbackSummary; inNewWindow?: boolean; tab?: DetailTab | null }
  | { do: 'step'; key: number; callbackId: string; summary?: LLMCallbackSummary }
  | { do: 'close' | 'focus' | 'minimise' | 'toggleMaximised' | 'togglePinned'; key: number }
  | { do: 'place'; key: number; rect: Rect }
  | { do: 'snap'; key: number; side: 'left' | 'right' }
  | { do: 'tile' }
  | { do: 'choose'; key: number; tab: DetailTab }
  | { do: 'resizeViewport'; viewport: Size }
  /** What Back, Forward or the first load made of the URL: the open windows become exactly these. */
  | { do: 'follow'; entries: readonly WindowEntry[] }

/** Everything that can happen to the windows; nothing here touches the page. */
export function reduceWindows(state: WindowState, action: WindowAction): WindowState {
  const next = apply(state, action)
  const takesFocus = action.do === 'open' || (next !== state && (action.do === 'focus' || action.do === 'follow'))
  return takesFocus ? { ...next, focusTurn: state.focusTurn + 1 } : next
}

function apply(state: WindowState, action: WindowAction): WindowState {
  switch (action.do) {
    case 'open':
      return open(state, action)
    case 'step':
      return change(state, action.key, {
        callbackId: action.callbackId,
        summary: action.summary ?? null,
        isStepped: true,
      })
    case 'close':
      return { ...state, windows: state.windows.filter(({ key }) => key !== action.key) }
    case 'focus':
      return focus(state, action.key)
    case 'minimise':
      return toBack(change(state, action.key, { mode: 'minimised' }), action.key)
    case 'toggleMaximised':
      return focus(
        change(state, action.key, ({ mode }) => ({
          mode: mode === 'maximised' ? 'floating' : 'maximised',
          restoredMode: mode === 'maximised' ? 'floating' : 'maximised',
        })),
        action.key,
      )
    case 'togglePinned':
      return change(state, action.key, ({ isPinned }) => ({ isPinned: !isPinned }))
    case 'place':
      return place(state, action.key, action.rect)
    case 'snap':
      return place(state, action.key, halfRect(action.side, state.viewport))
    case 'tile':
      return tile(state)
    case 'choose':
      return change(state, action.key, { tab: action.tab })
    case 'resizeViewport':
      return resizeViewport(state, action.viewport)
    case 'follow':
      return follow(state, action.entries)
  }
}

type Changes = Partial<CallbackWindow> | ((window: CallbackWindow) => Partial<CallbackWindow>)

function change(state: WindowState, key: number, changes: Changes): WindowState {
  const windows = state.windows.map((window) =>
    window.key === key ? { ...window, ...(typeof changes === 'function' ? changes(window) : changes) } : window,
  )
  return { ...state, windows }
}

function open(
  state: WindowState,
  { callbackId, summary, inNewWindow, tab }: WindowAction & { do: 'open' },
): WindowState {
  const there = state.windows.find((window) => window.callbackId === callbackId)
  if (there) return focus(tab ? change(state, there.key, { tab }) : state, there.key)
  const focused = openWindows(state).at(-1)
  if (focused && !focused.isPinned && !inNewWindow) {
    const changes = { callbackId, summary: summary ?? null, isStepped: false, ...(tab && { tab }) }
    return change(state, focused.key, changes)
  }
  return add(state, { callbackId, summary: summary ?? null, tab: tab ?? focused?.tab ?? null })
}

type Added = Pick<CallbackWindow, 'callbackId' | 'summary' | 'tab'>

function add(state: WindowState, added: Added): WindowState {
  const rects = [...openWindows(state)].sort((one, other) => one.key - other.key).map(({ rect }) => rect)
  const window: CallbackWindow = {
    ...added,
    key: state.nextKey,
    mode: 'floating',
    restoredMode: 'floating',
    rect: nextRect(rects, state.remembered, state.viewport),
    isPinned: false,
    isStepped: false,
  }
  return withinLimits({ ...state, windows: [...state.windows, window], nextKey: state.nextKey + 1 })
}

/** Whoever was focused longest ago is minimised, and of too many minimised ones closed; a pinned one last. */
function withinLimits(state: WindowState): WindowState {
  const surplus = openWindows(state).slice(0, -openMax)
  const minimised = surplus.reduce((next, { key }) => change(next, key, { mode: 'minimised' }), state)
  if (minimised.windows.length <= windowsMax) return minimised
  const candidates = minimised.windows.filter(({ mode }) => mode === 'minimised')
  const [closed] = [...candidates].sort((one, other) => Number(one.isPinned) - Number(other.isPinned))
  return withinLimits({ ...minimised, windows: minimised.windows.filter((window) => window !== closed) })
}

/** Shows it, before all others. */
function focus(state: WindowState, key: number): WindowState {
  const window = state.windows.find((one) => one.key === key)
  if (!window) return state
  if (window === state.windows.at(-1) && window.mode !== 'minimised') return state
  const shown = { ...window, mode: window.mode === 'minimised' ? window.restoredMode : window.mode }
  return withinLimits({ ...state, windows: [...state.windows.filter((one) => one.key !== key), shown] })
}

/** The minimised ones stand before the open ones, the longest minimised first. */
function toBack(state: WindowState, key: number): WindowState {
  const minimised = state.windows.filter((window) => window.mode === 'minimised' && window.key !== key)
  const own = state.windows.filter((window) => window.key === key)
  return { ...state, windows: [...minimised, ...own, ...openWindows(state)] }
}

function place(state: WindowState, key: number, rect: Rect): WindowState {
  const placed = clampRect(rect, state.viewport)
  return {
    ...change(state, key, { rect: placed, mode: 'floating', restoredMode: 'floating' }),
    remembered: placed,
  }
}

function tile(state: WindowState): WindowState {
  const open = [...openWindows(state)].sort((one, other) => one.key - other.key)
  const rects = tileRects(open.length, state.viewport)
  return open.reduce((next, { key }, index) => {
    const rect = rects[index]
    return rect ? change(next, key, { rect, mode: 'floating', restoredMode: 'floating' }) : next
  }, state)
}

function resizeViewport(state: WindowState, viewport: Size): WindowState {
  const windows = state.windows.map((window) => ({ ...window, rect: clampRect(window.rect, viewport) }))
  return { ...state, viewport, windows }
}

function follow(state: WindowState, entries: readonly WindowEntry[]): WindowState {
  const named = entries.slice(-openMax)
  const kept = state.windows.filter(
    ({ callbackId, mode }) => mode === 'minimised' || named.some((entry) => entry.callbackId === callbackId),
  )
  return named.reduce<WindowState>(followEntry, { ...state, windows: kept })
}

function followEntry(state: WindowState, { callbackId, tab }: WindowEntry): WindowState {
  const there = state.windows.find((window) => window.callbackId === callbackId)
  if (!there) return add(state, { callbackId, summary: null, tab })
  return focus(change(state, there.key, { tab: tab ?? there.tab }), there.key)
}
