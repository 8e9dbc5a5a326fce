import { cn } from './ui/cn'

/** Callboard's mark: what went out comes back. The same as src/app/icon.svg, in the colours of the theme. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" className={cn('size-6 shrink-0', className)}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="stroke-on-accent" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round">
        <path d="M23 8v6.5a4.5 4.5 0 0 1-4.5 4.5H10" />
        <path d="m14 13.5-5.5 5.5 5.5 5.5" />
      </g>
    </svg>
  )
}
