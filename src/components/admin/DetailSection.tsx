import { type ReactNode, useId } from 'react'

export function DetailSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="grid min-w-0 gap-2">
      <h2 id={id} className="font-semibold text-form">
        {title}
      </h2>
      {children}
    </section>
  )
}

/** Label and value lines; under 768 px the value stands below its label. */
export function Fields({ children }: { children: ReactNode }) {
  return <dl className="grid gap-x-4 gap-y-1 md:grid-cols-[160px_minmax(0,1fr)]">{children}</dl>
}

export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2 max-md:mt-1">{label}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  )
}
