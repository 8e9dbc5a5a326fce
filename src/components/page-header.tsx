import type { ReactNode } from 'react'

type PageHeaderProps = { title: ReactNode; children?: ReactNode }

/** 48 px: the page's name, at most one line of context, and its actions on the right. */
export function PageHeader({ title, children }: PageHeaderProps) {
  return (
    <header className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 border-line border-b bg-surface px-4 py-2 md:px-6">
      <h1 className="min-w-0 truncate font-semibold text-heading">{title}</h1>
      {children}
    </header>
  )
}
