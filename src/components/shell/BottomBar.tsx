'use client'

import { Ellipsis } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { lazy, Suspense, useState } from 'react'
import { type Destination, destinations } from '../commands/destinations'
import { openPalette } from '../commands/open'
import { useLiveStatus } from '../live/live-status'
import { cn } from '../ui/cn'
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '../ui/menu'
import { AccountItems } from './AccountMenu'
import { formatBadge } from './counts'
import { useIsCurrent } from './NavLink'
import { ThemeItems } from './ThemeItems'
import { useConnection } from './use-connection'

const LiveDialog = lazy(() => import('./LiveDialog'))

const itemClass =
  'relative flex h-14 min-w-0 flex-col items-center justify-center gap-0.5 text-badge text-ink-2 aria-[current=page]:text-accent'

/** The navigation below 768 px. */
export function BottomBar() {
  const { unviewedCount, attentionCount } = useLiveStatus()
  const [isLiveShown, setIsLiveShown] = useState(false)
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 grid grid-cols-4 border-line border-t bg-sunken pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <Item destination={destinations.callbacks} count={unviewedCount} counted="unviewed" />
      <Item
        destination={{ ...destinations.attention, label: 'Attention' }}
        count={attentionCount}
        counted="open"
        isUrgent
      />
      <Item destination={destinations.overview} />
      <Menu>
        <MenuTrigger className={cn(itemClass, 'cursor-pointer')}>
          <Ellipsis size={20} strokeWidth={1.75} aria-hidden="true" />
          More
        </MenuTrigger>
        <MenuContent side="top" align="end">
          <More destination={destinations.sources} />
          <More destination={destinations.admins} />
          <More destination={destinations.profile} />
          <LiveItem onSelect={() => setTimeout(() => setIsLiveShown(true))} />
          <MenuItem onSelect={() => setTimeout(openPalette)}>Find</MenuItem>
          <MenuSeparator />
          <ThemeItems />
          <MenuSeparator />
          <AccountItems />
        </MenuContent>
      </Menu>
      <Suspense>{isLiveShown && <LiveDialog onClose={() => setIsLiveShown(false)} />}</Suspense>
    </nav>
  )
}

function More({ destination: { href, label, Icon } }: { destination: Destination }) {
  const router = useRouter()
  return (
    <MenuItem onSelect={() => router.push(href)}>
      <Icon strokeWidth={1.75} aria-hidden="true" />
      {label}
    </MenuItem>
  )
}

function LiveItem({ onSelect }: { onSelect: () => void }) {
  const { word, dot } = useConnection()
  return (
    <MenuItem onSelect={onSelect}>
      <span aria-hidden="true" className="grid size-4 shrink-0 place-items-center">
        <span className={cn('size-2 rounded-full', dot)} />
      </span>
      Notifications: {word}
    </MenuItem>
  )
}

type ItemProps = { destination: Destination; count?: number | null; counted?: string; isUrgent?: boolean }

function Item({ destination: { href, label, Icon }, count = null, counted = '', isUrgent }: ItemProps) {
  const isCurrent = useIsCurrent(href)
  const badge = formatBadge(count)
  return (
    <Link
      href={href}
      aria-label={badge === null ? label : `${label}, ${badge.exact} ${counted}`}
      aria-current={isCurrent ? 'page' : undefined}
      className={itemClass}
    >
      <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
      {label}
      {badge !== null && (
        <span
          aria-hidden="true"
          className={cn(
            'absolute top-1 left-[calc(50%+6px)] rounded-badge px-1 font-medium text-badge',
            isUrgent ? 'bg-danger-subtle text-danger' : 'bg-accent-subtle text-accent',
          )}
        >
          {badge.shown}
        </span>
      )}
    </Link>
  )
}
