import { CircleUser, Inbox } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { visibleText } from '@/lib/text/visible-text'
import { Mark } from './mark'
import { SessionRenewal } from './session-renewal'
import { SignOutButton } from './sign-out-button'
import { cn } from './ui/cn'

type ShellProps = { accountName: string; children: ReactNode }

/** From 768 px to 1440 px the rail is narrow: the table needs the room more than the labels do. */
const label = 'md:max-xl:sr-only'

/** What stands around every page of the console: a rail, and on narrow screens a bar above. */
export function Shell({ accountName, children }: ShellProps) {
  return (
    <div className="md:grid md:min-h-dvh md:grid-cols-[52px_minmax(0,1fr)] xl:grid-cols-[216px_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only rounded-control bg-raised p-2 focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10"
      >
        Skip to content
      </a>
      <SessionRenewal />
      <nav
        aria-label="Main"
        className="flex items-center gap-2 border-line bg-sunken px-4 py-2 max-md:border-b md:sticky md:top-0 md:h-dvh md:flex-col md:items-stretch md:border-r md:px-2 md:py-3 xl:px-3"
      >
        <div className="flex items-center gap-2 md:h-8 md:px-1.5">
          <Mark />
          <span className={cn('font-semibold text-form max-sm:sr-only', label)}>Callboard</span>
        </div>
        <Link
          href="/callbacks"
          title="Callbacks"
          className="flex h-8 items-center gap-2 rounded-control px-2.5 font-medium text-ink hover:bg-accent-subtle md:mt-4 pointer-coarse:h-11"
        >
          <Inbox size={16} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
          <span className={label}>Callbacks</span>
        </Link>
        <div className="flex min-w-0 items-center gap-1 max-md:ml-auto md:mt-auto md:flex-col md:items-stretch">
          <span
            className="flex min-w-0 items-center gap-2 px-2.5 text-ink-2 max-sm:sr-only md:h-8"
            title={visibleText(accountName)}
          >
            <CircleUser size={16} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
            <span className="sr-only">Signed in as</span>
            <bdi className={cn('truncate', label)}>{visibleText(accountName)}</bdi>
          </span>
          <SignOutButton className="px-2.5 md:justify-start" labelClassName={label} />
        </div>
      </nav>
      <main id="content" tabIndex={-1} className="min-w-0 outline-none">
        {children}
      </main>
    </div>
  )
}
