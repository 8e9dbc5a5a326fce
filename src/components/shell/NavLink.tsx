'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { Destination } from '../commands/destinations'
import { cn } from '../ui/cn'
import { formatBadge } from './counts'
import { railLabel } from './rail'
import { useTip } from './use-tip'

type NavLinkProps = {
  destination: Destination
  count?: number | null
  /** What is counted, as a reader says it: `unviewed`. */
  counted?: string
  isUrgent?: boolean
}

/** A page in the rail: its name where there is room, its count always. */
export function NavLink({ destination: { href, label, Icon }, count = null, counted = '', isUrgent }: NavLinkProps) {
  const isCurrent = useIsCurrent(href)
  const badge = formatBadge(count)
  const tip = useTip()
  const name = badge === null ? label : `${label}, ${badge.exact} ${counted}`
  return (
    <Link
      href={href}
      {...tip.handlers}
      aria-label={name}
      aria-current={isCurrent ? 'page' : undefined}
      className={cn(
        'relative flex h-8 items-center gap-2 rounded-control px-2.5 font-medium text-ink-2 hover:bg-accent-subtle hover:text-ink pointer-coarse:h-11',
        isCurrent && 'bg-accent-subtle text-ink',
      )}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
      <span className={cn('truncate', railLabel)}>{label}</span>
      {badge !== null && (
        <span
          aria-hidden="true"
          className={cn(
            'ml-auto rounded-badge px-1 font-medium text-badge',
            isUrgent ? 'bg-danger-subtle text-danger' : 'bg-accent-subtle text-accent',
            // In 52 px the count stands over the icon's corner.
            'md:max-lg:absolute md:max-lg:-top-1 md:max-lg:-right-1 lg:group-data-collapsed/shell:absolute lg:group-data-collapsed/shell:-top-1 lg:group-data-collapsed/shell:-right-1',
          )}
        >
          {badge.shown}
        </span>
      )}
      {tip.isShown && (
        <span
          aria-hidden="true"
          className="absolute left-full z-60 ml-1.5 rounded-control border border-line bg-raised px-2 py-1 font-normal text-ink text-meta whitespace-nowrap shadow-menu"
        >
          {name}
        </span>
      )}
    </Link>
  )
}

/** Whether this is the page that is shown, or one below it. */
export function useIsCurrent(href: string): boolean {
  const path = usePathname()
  return path === href || path.startsWith(`${href}/`)
}
