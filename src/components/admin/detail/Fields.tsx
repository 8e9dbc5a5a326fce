import type { ReactNode } from 'react'

/** Label and value lines; where the window is narrow the value stands below its label. */
export function Fields({ children }: { children: ReactNode }) {
  return <dl className="grid gap-x-4 gap-y-1 @min-[30rem]:grid-cols-[144px_minmax(0,1fr)]">{children}</dl>
}

export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2 @max-[30rem]:mt-1">{label}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  )
}
