import type { ComponentProps } from 'react'
import { cn } from './cn'

/** 16 px on small screens: iOS zooms into anything smaller. */
export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      className={cn(
        'h-8 w-full min-w-0 rounded-control border border-line-strong bg-surface px-2 text-[16px] text-ink md:text-form',
        'placeholder:text-ink-3 aria-invalid:border-danger-solid disabled:opacity-60 pointer-coarse:h-11',
        className,
      )}
      {...props}
    />
  )
}
