import { useSyncExternalStore } from 'react'
import { type ShortcutHere, shortcutsHere } from '../keyboard/shortcuts'
import { type CommandsOfGroup, readCommands } from './commands'

/** What stands over the console, with what held where the focus was before it opened. */
export type Overlay =
  | { kind: 'palette'; groups: readonly CommandsOfGroup[] }
  | { kind: 'shortcuts'; shortcuts: readonly ShortcutHere[] }

let overlay: Overlay | null = null
const listeners = new Set<() => void>()

/** Opens the command palette, with the commands that there are now. */
export function openPalette(): void {
  show({ kind: 'palette', groups: readCommands() })
}

/** Opens the list of the shortcuts that hold where the focus is. */
export function openShortcutList(): void {
  show({ kind: 'shortcuts', shortcuts: shortcutsHere() })
}

export function closeOverlay(): void {
  show(null)
}

export function useOverlay(): Overlay | null {
  return useSyncExternalStore(
    subscribe,
    () => overlay,
    () => null,
  )
}

function show(next: Overlay | null): void {
  overlay = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
