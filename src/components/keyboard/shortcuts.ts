import { type RefObject, useEffect, useRef } from 'react'
import { singleKeyShortcuts } from '../preferences/single-key-shortcuts'
import { keyNameOf } from './key-name'

/** Where a shortcut holds. The narrowest place that knows a key gets it. */
export type ShortcutScope = 'window' | 'page' | 'console'

export type Shortcut = {
  /**
   * As `KeyboardEvent.key`, small letters, with `Shift+`, `Alt+` or `Mod+` (Ctrl or ⌘) before it where that is meant:
   * `j`, `Shift+Enter`, `Mod+k`. Two keys one after the other stand with a space between them: `g c`.
   */
  keys: string | readonly string[]
  /** What it does, for the list of shortcuts. */
  label: string
  run: (event: KeyboardEvent) => void
  /** Also while a text field has the focus. */
  inFields?: boolean
}

type Registration = {
  scope: ShortcutScope
  within: RefObject<HTMLElement | null> | undefined
  read: () => readonly Shortcut[]
}

const sequencePatienceMs = 1_500
const rank: Record<ShortcutScope, number> = { console: 0, page: 1, window: 2 }
const registrations = new Set<Registration>()
let firstKey: { name: string; atMs: number } | null = null

/**
 * Makes shortcuts hold while the component is there. `within` bounds them to when the focus is inside that element, as
 * those of a window must be.
 */
export function useShortcuts(
  scope: ShortcutScope,
  shortcuts: readonly Shortcut[],
  within?: RefObject<HTMLElement | null>,
): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const registration = { scope, within, read: () => latest.current }
    if (registrations.size === 0) document.addEventListener('keydown', onKeyDown)
    registrations.add(registration)
    return () => {
      registrations.delete(registration)
      if (registrations.size === 0) document.removeEventListener('keydown', onKeyDown)
    }
  }, [scope, within])
}

export type ShortcutHere = { scope: ShortcutScope; shortcut: Shortcut }

/** The shortcuts that hold where the focus is now, the narrowest place first. */
export function shortcutsHere(): ShortcutHere[] {
  return active().flatMap(({ scope, read }) => read().map((shortcut) => ({ scope, shortcut })))
}

function active(): Registration[] {
  const holding = [...registrations].filter(
    ({ within }) => within === undefined || within.current?.contains(document.activeElement),
  )
  // While a window has the focus, a key that it does not know must not act on the page behind it.
  const isInWindow = holding.some(({ scope }) => scope === 'window')
  return holding
    .filter(({ scope }) => scope !== 'page' || !isInWindow)
    .sort((one, other) => rank[other.scope] - rank[one.scope])
}

function onKeyDown(event: KeyboardEvent): void {
  // Another part, a menu or a dialog, has taken the key already. While a character is being composed no key is a command.
  if (event.defaultPrevented || event.isComposing) return
  const name = keyNameOf(event)
  if (name === null) return
  const inField = isTextField(event.target)
  const before = firstKey !== null && event.timeStamp - firstKey.atMs < sequencePatienceMs ? firstKey.name : null
  const shortcut = (before === null ? undefined : find(`${before} ${name}`, inField)) ?? find(name, inField)
  firstKey = shortcut === undefined && !inField ? { name, atMs: event.timeStamp } : null
  if (!shortcut) return
  event.preventDefault()
  shortcut.run(event)
}

function find(name: string, inField: boolean): Shortcut | undefined {
  if (isSingleKey(name) && !singleKeyShortcuts.get()) return undefined
  return active()
    .flatMap(({ read }) => read())
    .find(
      ({ keys, inFields }) =>
        (typeof keys === 'string' ? keys === name : keys.includes(name)) && (!inField || inFields),
    )
}

/** A printable character by itself: what speech input types by accident, and so can be turned off (WCAG 2.1.4). */
function isSingleKey(name: string): boolean {
  return [...name.replace(/^Shift\+/, '')].length === 1 || name.includes(' ')
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
}
