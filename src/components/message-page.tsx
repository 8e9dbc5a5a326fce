import type { ReactNode } from 'react'
import { Mark } from './mark'
import { Card } from './ui/card'

type MessagePageProps = { title: string; children: ReactNode; actions?: ReactNode }

/** A whole page that says one thing: what happened, what is safe, what to do. */
export function MessagePage({ title, children, actions }: MessagePageProps) {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <Card className="w-full max-w-[420px]">
        <Mark />
        <h1 className="mt-4 font-semibold text-heading">{title}</h1>
        <div className="mt-1 text-form text-ink-2">{children}</div>
        {actions && <div className="mt-6 flex flex-wrap gap-2">{actions}</div>}
      </Card>
    </main>
  )
}
