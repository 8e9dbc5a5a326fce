import type { ReactNode } from 'react'
import { cn } from './cn'

type TabBarProps<Tab extends string> = {
  label: string
  tabs: readonly Tab[]
  current: Tab
  onChoose: (tab: Tab) => void
  /** What stands on a tab. */
  children: (tab: Tab) => ReactNode
}

/** The parts of a page under its header, one of them shown. */
export function TabBar<Tab extends string>({ label, tabs, current, onChoose, children }: TabBarProps<Tab>) {
  return (
    <nav
      aria-label={label}
      className="flex h-10 shrink-0 items-center gap-1 overflow-x-auto border-line border-b bg-surface px-3 md:px-5"
    >
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          aria-current={tab === current ? 'page' : undefined}
          className={cn(
            'flex h-7 shrink-0 cursor-pointer items-center gap-1.5 rounded-control px-2 font-medium pointer-coarse:h-11',
            tab === current ? 'bg-accent-subtle text-ink' : 'text-ink-2 hover:bg-sunken hover:text-ink',
          )}
          onClick={() => onChoose(tab)}
        >
          {children(tab)}
        </button>
      ))}
    </nav>
  )
}
