import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import type { Rect, Size } from './geometry'

export const detailTabs = ['result', 'payload', 'signature', 'deliveries', 'details'] as const
export type DetailTab = (typeof detailTabs)[number]

/** Windows that may stand open at once, minimised ones aside, and all in all. */
export const openMax = 4
export const windowsMax = 8

export type WindowMode = 'floating' | 'maximised' | 'minimised'

export type CallbackWindow = Readonly<{
  /** Stays while the window steps from callback to callback. */
  key: number
  callbackId: string
  /** What was known of the callback when the window came to it. */
  summary: LLMCallbackSummary | null
  /** Null while nobody has chosen one: the result where there is prose, else the payload. */
  tab: DetailTab | null
  mode: WindowMode
  /** What it becomes again when it is no longer minimised. */
  restoredMode: 'floating' | 'maximised'
  rect: Rect
  isPinned: boolean
  /** It came to this callback by stepping, on which a reader may pass many by. */
  isStepped: boolean
}>

export type WindowState = Readonly<{
  /** The least recently focused first; the last is the focused one. */
  windows: readonly CallbackWindow[]
  viewport: Size
  /** Where a person last put a window. */
  remembered: Rect | null
  nextKey: number
  /** Grows whenever the focused window is to have the keyboard as well. */
  focusTurn: number
}>

/** What the URL says of a window. */
export type WindowEntry = { callbackId: string; tab: DetailTab | null }

/** The windows that show, in the order of their focus. */
export function openWindows({ windows }: Pick<WindowState, 'windows'>): readonly CallbackWindow[] {
  return windows.filter(({ mode }) => mode !== 'minimised')
}
