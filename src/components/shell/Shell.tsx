'use client'

import { type ReactNode, Suspense, useState } from 'react'
import { useCommands } from '../commands/commands'
import { useShortcuts } from '../keyboard/shortcuts'
import { BottomBar } from './BottomBar'
import { ConnectionNotice } from './ConnectionNotice'
import { NavRail } from './NavRail'
import { keepRail } from './rail'
import { SessionRenewal } from './SessionRenewal'
import { TabSigns } from './TabSigns'

type ShellProps = { accountName: string; isRailNarrow: boolean; children: ReactNode }

/** What stands around every page of the console: a rail, and on narrow screens a bar below. */
export function Shell({ accountName, isRailNarrow, children }: ShellProps) {
  const [isCollapsed, setIsCollapsed] = useState(isRailNarrow)
  const toggleRail = () => {
    keepRail(!isCollapsed)
    setIsCollapsed(!isCollapsed)
  }
  useShortcuts('console', [{ keys: '\\', label: 'Narrow or widen the navigation', run: toggleRail }])
  useCommands('Settings', [
    {
      id: 'rail',
      label: isCollapsed ? 'Widen the navigation' : 'Narrow the navigation',
      keys: '\\',
      run: toggleRail,
    },
  ])
  return (
    <div
      data-collapsed={isCollapsed || undefined}
      className="group/shell max-md:pb-[calc(56px+env(safe-area-inset-bottom))] md:grid md:min-h-dvh md:grid-cols-[52px_minmax(0,1fr)] lg:grid-cols-[216px_minmax(0,1fr)] lg:data-collapsed:grid-cols-[52px_minmax(0,1fr)]"
    >
      <a
        href="#content"
        className="sr-only rounded-control bg-raised p-2 focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10"
      >
        Skip to content
      </a>
      <SessionRenewal />
      <TabSigns />
      <NavRail accountName={accountName} />
      <main id="content" tabIndex={-1} className="min-w-0 outline-none">
        <Suspense>
          <ConnectionNotice />
        </Suspense>
        {children}
      </main>
      <BottomBar />
    </div>
  )
}
