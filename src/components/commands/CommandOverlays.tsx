'use client'

import { Keyboard, Monitor, Moon, Sun } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTheme } from 'next-themes'
import { lazy, Suspense, useEffect } from 'react'
import { useShortcuts } from '../keyboard/shortcuts'
import { useCommands } from './commands'
import { type Destination, destinations } from './destinations'
import { closeOverlay, openPalette, openShortcutList, useOverlay } from './open'

const loadPalette = () => import('./CommandPalette')
const CommandPalette = lazy(loadPalette)
const ShortcutList = lazy(() => import('../keyboard/ShortcutList'))

const pages: readonly Destination[] = Object.values(destinations)

/** The command palette and the list of shortcuts, and what both know of the console itself. */
export function CommandOverlays() {
  const overlay = useOverlay()
  const router = useRouter()
  const { setTheme } = useTheme()
  useShortcuts('console', [
    {
      keys: 'Mod+k',
      label: 'Commands',
      inFields: true,
      run: overlay?.kind === 'palette' ? closeOverlay : openPalette,
    },
    { keys: '?', label: 'Keyboard shortcuts', run: openShortcutList },
    ...pages.flatMap(({ keys, label, href }) =>
      keys === undefined ? [] : [{ keys, label: `Go to ${label}`, run: () => router.push(href) }],
    ),
  ])
  useCommands(
    'Go to',
    pages.map(({ href, label, Icon, keys }) => ({
      id: `go.${href}`,
      label,
      Icon,
      ...(keys !== undefined && { keys }),
      run: () => router.push(href),
    })),
  )
  useCommands('Settings', [
    { id: 'theme.system', label: 'Theme: System', Icon: Monitor, run: () => setTheme('system') },
    { id: 'theme.light', label: 'Theme: Light', Icon: Sun, run: () => setTheme('light') },
    { id: 'theme.dark', label: 'Theme: Dark', Icon: Moon, run: () => setTheme('dark') },
    { id: 'shortcuts', label: 'Keyboard shortcuts', Icon: Keyboard, keys: '?', run: openShortcutList },
  ])
  useEffect(whenIdle(loadPalette), [])
  return (
    <Suspense>
      {overlay?.kind === 'palette' && <CommandPalette groups={overlay.groups} onClose={closeOverlay} />}
      {overlay?.kind === 'shortcuts' && <ShortcutList shortcuts={overlay.shortcuts} onClose={closeOverlay} />}
    </Suspense>
  )
}

/** Loads code once nothing else is to be done, so that the first use waits for nothing. */
function whenIdle(load: () => Promise<unknown>): () => () => void {
  return () => {
    // Safari has no idle callbacks.
    if (typeof requestIdleCallback === 'undefined') return () => undefined
    const idle = requestIdleCallback(() => load().catch(() => undefined))
    return () => cancelIdleCallback(idle)
  }
}
