'use client'

import type { ComponentProps } from 'react'
import { cn } from './cn'

type SwitchProps = Omit<ComponentProps<'button'>, 'onChange'> & {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
}

/** On or off, at once. Needs a label. Ours, because the library's renders a style attribute on the server, which the policy blocks. */
export function Switch({ checked, onCheckedChange, className, ...props }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      onClick={() => onCheckedChange(!checked)}
      className={cn(
        'inline-flex h-5 w-9 shrink-0 cursor-pointer items-center rounded-full border border-line-strong bg-sunken p-0.5 aria-checked:border-accent aria-checked:bg-accent',
        className,
      )}
      {...props}
    >
      <span
        aria-hidden="true"
        className={cn('size-3.5 rounded-full', checked ? 'translate-x-4 bg-on-accent' : 'bg-ink-2')}
      />
    </button>
  )
}
