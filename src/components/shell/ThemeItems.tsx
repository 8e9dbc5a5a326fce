'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useTheme } from 'next-themes'
import { MenuLabel, MenuRadioGroup, MenuRadioItem } from '../ui/menu'

const themes = [
  { name: 'system', label: 'System', Icon: Monitor },
  { name: 'light', label: 'Light', Icon: Sun },
  { name: 'dark', label: 'Dark', Icon: Moon },
]

/** The choice of the theme, in a menu. */
export function ThemeItems() {
  const { theme = 'system', setTheme } = useTheme()
  return (
    <MenuRadioGroup value={theme} onValueChange={setTheme}>
      <MenuLabel>Theme</MenuLabel>
      {themes.map(({ name, label, Icon }) => (
        <MenuRadioItem key={name} value={name}>
          <Icon strokeWidth={1.75} aria-hidden="true" />
          {label}
        </MenuRadioItem>
      ))}
    </MenuRadioGroup>
  )
}
