'use client'

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../ui/menu'
import { rowActs } from './row-acts'
import type { ActOnRows } from './use-act-on-rows'

const buttonClass =
  'grid size-7 cursor-pointer place-items-center rounded-control text-ink-2 hover:bg-neutral-subtle hover:text-ink pointer-coarse:size-11'

/** A menu is only made once it is asked for: a page has two hundred of these buttons. */
export function RowMenu({ item, act }: { item: HistoryItem; act: ActOnRows }) {
  const [isMade, setIsMade] = useState(false)
  const icon = <Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
  const label = 'Actions'
  if (!isMade) {
    return (
      <button
        type="button"
        tabIndex={-1}
        data-act="menu"
        aria-label={label}
        aria-haspopup="menu"
        className={buttonClass}
        onClick={() => setIsMade(true)}
      >
        {icon}
      </button>
    )
  }
  return (
    <Menu defaultOpen modal={false}>
      <MenuTrigger tabIndex={-1} data-act="menu" aria-label={label} className={buttonClass}>
        {icon}
      </MenuTrigger>
      <MenuContent align="end" className="w-56">
        {rowActs
          .filter(({ isFor }) => isFor(item))
          .map(({ name, label, keys, Icon }) => (
            <MenuItem key={name} keys={keys} onSelect={() => act(name, [item])}>
              <Icon strokeWidth={1.75} aria-hidden="true" />
              {label}
            </MenuItem>
          ))}
      </MenuContent>
    </Menu>
  )
}
