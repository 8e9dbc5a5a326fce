'use client'

import { type ComponentProps, lazy, Suspense } from 'react'
import type { MenuCard } from './menu-card'
import { Opener, OpenerTrigger, useOpener } from './opener'

const loadCard = () => import('./menu-card')
const LazyMenuCard = lazy(async () => ({ default: (await loadCard()).MenuCard }))

export const MenuItem = lazy(async () => ({ default: (await loadCard()).MenuItem }))
export const MenuRadioGroup = lazy(async () => ({ default: (await loadCard()).MenuRadioGroup }))
export const MenuRadioItem = lazy(async () => ({ default: (await loadCard()).MenuRadioItem }))
export const MenuCheckboxItem = lazy(async () => ({ default: (await loadCard()).MenuCheckboxItem }))
export const MenuLabel = lazy(async () => ({ default: (await loadCard()).MenuLabel }))
export const MenuSeparator = lazy(async () => ({ default: (await loadCard()).MenuSeparator }))

export const Menu = Opener

export function MenuTrigger(props: ComponentProps<'button'>) {
  return (
    <OpenerTrigger
      {...props}
      aria-haspopup="menu"
      preload={loadCard}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown') return
        event.preventDefault()
        event.currentTarget.click()
      }}
    />
  )
}

/** What a menu holds. Shown at once with all its items: never without some that are still on their way. */
export function MenuContent(props: ComponentProps<typeof MenuCard>) {
  const { isOpen } = useOpener()
  return isOpen ? (
    <Suspense>
      <LazyMenuCard {...props} />
    </Suspense>
  ) : null
}
