import type { ComponentProps } from 'react'
import { cn } from './cn'

const looks = {
  primary: 'bg-accent text-on-accent hover:opacity-90 border-transparent',
  secondary: 'bg-surface text-ink border-line-strong hover:bg-sunken',
  ghost: 'bg-transparent text-ink-2 border-transparent hover:bg-sunken hover:text-ink',
}

/** The look of a button, for links that lead somewhere as well. */
export function buttonClass(look: keyof typeof looks = 'primary', className?: string): string {
  return cn(
    'inline-flex h-8 shrink-0 cursor-pointer items-center justify-center gap-2 rounded-control border px-3 font-medium text-body whitespace-nowrap',
    'disabled:cursor-default disabled:opacity-60 aria-disabled:cursor-default aria-disabled:opacity-60 pointer-coarse:h-11',
    looks[look],
    className,
  )
}

type ButtonProps = ComponentProps<'button'> & { look?: keyof typeof looks }

export function Button({ look, className, type = 'button', ...props }: ButtonProps) {
  return <button type={type} className={buttonClass(look, className)} {...props} />
}
