import { Popover as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { useCardHandlers, useOpener } from './opener'

type PopoverCardProps = Omit<ComponentProps<typeof Primitive.Content>, 'onInteractOutside' | 'onCloseAutoFocus'>

/** The card of a popover that is open. */
export function PopoverCard({ className, ...props }: PopoverCardProps) {
  const { setIsOpen, triggerRef, contentId } = useOpener()
  return (
    <Primitive.Root open onOpenChange={setIsOpen}>
      <Primitive.Anchor virtualRef={triggerRef} />
      <Primitive.Portal>
        <Primitive.Content
          id={contentId}
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            'z-50 w-72 rounded-card border border-line bg-raised p-3 text-body text-ink shadow-menu outline-none',
            className,
          )}
          {...useCardHandlers()}
          {...props}
        />
      </Primitive.Portal>
    </Primitive.Root>
  )
}
