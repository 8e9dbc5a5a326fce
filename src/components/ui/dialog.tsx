'use client'

import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { buttonClass } from './button'
import { cn } from './cn'

type DialogProps = {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: string
  /** One or two sentences under the title: what will happen, what is safe. */
  description?: ReactNode
  className?: string
  children: ReactNode
}

/** A question or a list that the rest of the page waits for. Esc and the scrim close it; the focus returns by itself. */
export function Dialog({ isOpen, onOpenChange, title, description, className, children }: DialogProps) {
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        {/* Not the primitive's own, which would add a style element that the content security policy blocks. */}
        <div className="fixed inset-0 z-50 bg-scrim" />
        <Primitive.Content
          {...(description === undefined && { 'aria-describedby': undefined })}
          className={cn(
            'fixed top-1/2 left-1/2 z-50 grid max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] max-w-[480px] -translate-x-1/2 -translate-y-1/2 gap-4 overflow-y-auto rounded-card border border-line bg-raised p-6 text-ink shadow-window outline-none',
            className,
          )}
        >
          <div className="grid gap-1">
            <Primitive.Title className="pr-8 font-semibold text-heading">{title}</Primitive.Title>
            {description !== undefined && (
              <Primitive.Description className="text-form text-ink-2">{description}</Primitive.Description>
            )}
          </div>
          {children}
          <Primitive.Close className={buttonClass('ghost', 'absolute top-4 right-4 w-8 px-0')} aria-label="Close">
            <X size={16} strokeWidth={1.75} aria-hidden="true" />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
