'use client'

import { Search } from 'lucide-react'
import { destinations } from '../commands/destinations'
import { openPalette } from '../commands/open'
import { useLiveStatus } from '../live/live-status'
import { Mark } from '../mark'
import { cn } from '../ui/cn'
import { Kbd } from '../ui/kbd'
import { AccountMenu } from './AccountMenu'
import { LiveIndicator } from './LiveIndicator'
import { NavLink } from './NavLink'
import { railLabel } from './rail'

/** The navigation from 768 px on. */
export function NavRail({ accountName }: { accountName: string }) {
  const { unviewedCount, attentionCount } = useLiveStatus()
  return (
    <nav
      aria-label="Main"
      className="sticky top-0 hidden h-dvh flex-col gap-0.5 border-line border-r bg-sunken px-2 py-3 md:flex"
    >
      <div className="flex h-8 items-center gap-2 px-1.5">
        <Mark />
        <span className={cn('font-semibold text-form', railLabel)}>Callboard</span>
      </div>
      <button
        type="button"
        onClick={openPalette}
        aria-label="Commands"
        aria-keyshortcuts="Control+K"
        className="mt-3 mb-2 flex h-8 cursor-pointer items-center gap-2 rounded-control border border-line bg-surface px-2 text-ink-2 hover:text-ink pointer-coarse:h-11"
      >
        <Search size={16} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
        <span className={railLabel}>Find</span>
        <Kbd keys="Mod+k" className="ml-auto md:max-lg:hidden lg:group-data-collapsed/shell:hidden" />
      </button>
      <NavLink destination={destinations.callbacks} count={unviewedCount} counted="unviewed" />
      <NavLink destination={destinations.attention} count={attentionCount} counted="open" isUrgent />
      <NavLink destination={destinations.overview} />
      <NavLink destination={destinations.sources} />
      <div className="mt-auto grid gap-0.5">
        <NavLink destination={destinations.admins} />
        <LiveIndicator />
        <AccountMenu accountName={accountName} />
      </div>
    </nav>
  )
}
