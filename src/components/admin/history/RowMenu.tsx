'use client'

import { Ellipsis } from 'lucide-react'
import type { HistoryItem } from '@/lib/llm-callbacks/history-schemas'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../ui/menu'
import { rowActs } from './row-acts'
import type { ActOnRows } from './use-act-on-rows'

/** What can be done with one row. */
export function RowMenu({ item, act }: { item: HistoryItem; act: ActOnRows }) {
  return (
    <Menu>
      <MenuTrigger
        tabIndex={-1}
        data-act="menu"
        aria-label="Actions"
        className="grid size-7 cursor-pointer place-items-center rounded-control text-ink-2 hover:bg-neutral-subtle hover:text-ink pointer-coarse:size-11"
      >
        <Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
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
