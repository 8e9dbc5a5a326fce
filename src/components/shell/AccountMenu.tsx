'use client'

import { CircleUser, Keyboard, LogOut } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { visibleText } from '@/lib/text/visible-text'
import { destinations } from '../commands/destinations'
import { openShortcutList } from '../commands/open'
import { signOut } from '../sign-out'
import { cn } from '../ui/cn'
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '../ui/menu'
import { railLabel } from './rail'
import { ThemeItems } from './ThemeItems'

/** What belongs to whoever is signed in. */
export function AccountMenu({ accountName }: { accountName: string }) {
  const name = visibleText(accountName)
  const { profile } = destinations
  const router = useRouter()
  return (
    <Menu>
      <MenuTrigger
        aria-label={`Account of ${name}`}
        className="flex h-8 w-full cursor-pointer items-center gap-2 rounded-control px-2.5 text-ink-2 hover:bg-accent-subtle hover:text-ink pointer-coarse:h-11"
      >
        <CircleUser size={16} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
        <bdi className={cn('truncate', railLabel)}>{name}</bdi>
      </MenuTrigger>
      <MenuContent side="top" align="start">
        <MenuItem onSelect={() => router.push(profile.href)}>
          <profile.Icon strokeWidth={1.75} aria-hidden="true" />
          {profile.label}
        </MenuItem>
        <MenuSeparator />
        <ThemeItems />
        <MenuSeparator />
        <AccountItems />
      </MenuContent>
    </Menu>
  )
}

/** The end of every account menu. */
export function AccountItems() {
  const [hasFailed, setHasFailed] = useState(false)
  return (
    <>
      {/* After the menu has given the focus back: the list tells of the place where it is. */}
      <MenuItem keys="?" onSelect={() => setTimeout(openShortcutList)}>
        <Keyboard strokeWidth={1.75} aria-hidden="true" />
        Keyboard shortcuts
      </MenuItem>
      <MenuItem
        onSelect={async (event) => {
          event.preventDefault()
          if (!(await signOut())) setHasFailed(true)
        }}
      >
        <LogOut strokeWidth={1.75} aria-hidden="true" />
        {hasFailed ? 'Not signed out. Try again' : 'Sign out'}
      </MenuItem>
    </>
  )
}
