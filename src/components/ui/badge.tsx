import type { ComponentProps } from 'react'
import { cn } from './cn'

const tones = {
  success: 'text-success bg-success-subtle border-success-solid/40',
  danger: 'text-danger bg-danger-subtle border-danger-solid/40',
  warning: 'text-warning bg-warning-subtle border-warning-solid/40',
  info: 'text-info bg-info-subtle border-info-solid/40',
  waiting: 'text-waiting bg-waiting-subtle border-waiting-solid/40',
  neutral: 'text-neutral bg-neutral-subtle border-neutral-solid/40',
}

export type BadgeTone = keyof typeof tones

type BadgeProps = ComponentProps<'span'> & { tone: BadgeTone }

/** A border, an icon and a word: what a reader without colours has left. */
export function Badge({ tone, className, ...props }: BadgeProps) {
  return (
    <span
      className={cn(
        'inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-badge border px-1.5 align-middle font-medium text-badge',
        '[&_svg]:size-3.5 [&_svg]:shrink-0',
        tones[tone],
        className,
      )}
      {...props}
    />
  )
}
