import { flushSync } from 'react-dom'
import type { CallbackList } from '../callback-list'
import { openWindows } from '../window-state'
import { dispatchToWindows, getWindows } from '../window-store'

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])'

/** Where the keyboard was before a window took it. */
let before: Element | null = null

export function elementIdOf(key: number): string {
  return `callback-window-${key}`
}

export function focusWindow(key: number): void {
  const element = document.getElementById(elementIdOf(key))
  if (!element || element.contains(document.activeElement)) return
  if (!isInWindow(document.activeElement)) before = document.activeElement
  element.focus()
}

/** Takes a window away and gives the keyboard back to the row of its callback, or to where it was, or to the page. */
export function leaveWindow(
  how: 'close' | 'minimise',
  { key, callbackId }: { key: number; callbackId: string },
  list: CallbackList | null,
): void {
  // The page may be inert until the window has gone.
  flushSync(() => dispatchToWindows({ do: how, key }))
  const next = openWindows(getWindows()).at(-1)
  if (isPageInert() && next) focusWindow(next.key)
  else focusPage(list, callbackId)
}

/** The next window, or after the last one the page, as F6 goes; backwards with Shift. */
export function moveBetweenWindows(direction: 1 | -1, list: CallbackList | null): void {
  if (isPageInert()) return
  const windows = [...openWindows(getWindows())].sort((one, other) => one.key - other.key)
  const at = windows.findIndex(({ key }) => document.getElementById(elementIdOf(key))?.contains(document.activeElement))
  const places = windows.length + 1
  // The page stands before the first window.
  const target = windows[((at + 1 + direction + places) % places) - 1]
  const from = windows[at]
  if (target) focusWindow(target.key)
  else if (from) focusPage(list, from.callbackId)
}

/** Keeps Tab inside: from the last element on to the first, and back. */
export function loopTab(event: KeyboardEvent, element: HTMLElement): void {
  const elements = [...element.querySelectorAll<HTMLElement>(focusable)].filter((one) => one.checkVisibility())
  const first = elements[0]
  const last = elements.at(-1)
  const active = document.activeElement
  const isAtEdge = event.shiftKey ? active === first || active === element : active === last
  if (!first || !isAtEdge) return
  event.preventDefault()
  if (event.shiftKey) last?.focus()
  else first.focus()
}

function focusPage(list: CallbackList | null, callbackId: string): void {
  list?.focusRow(callbackId)
  if (isOnPage(document.activeElement)) return
  if (before instanceof HTMLElement && before.isConnected) before.focus()
  if (!isOnPage(document.activeElement)) document.getElementById('content')?.focus()
}

function isOnPage(element: Element | null): boolean {
  return element !== null && element !== document.body && !isInWindow(element)
}

function isInWindow(element: Element | null): boolean {
  return element?.closest('[id^="callback-window-"]') != null
}

function isPageInert(): boolean {
  return document.getElementById('content')?.closest('[inert]') != null
}
