'use client'

import { ChevronDown, Trash2 } from 'lucide-react'
import { formatCount } from '../../format'
import { useLiveStatus } from '../../live/live-status'
import { buttonClass } from '../../ui/button'
import { cn } from '../../ui/cn'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../ui/menu'
import { SaveView } from './SaveView'
import type { SavedViews } from './use-saved-views'
import type { ViewTab } from './view-tabs'

/** Beyond these, saved views are behind "More". */
const savedTabsMax = 3

type ViewTabsProps = {
  tabs: readonly ViewTab[]
  active: ViewTab
  /** The page shows something else than the tab says. */
  isChanged: boolean
  query: string
  views: SavedViews
  onChoose: (tab: ViewTab) => void
}

/** Named sets of filters: those that everybody has, then one's own. */
export function ViewTabs({ tabs, active, isChanged, query, views, onChoose }: ViewTabsProps) {
  const saved = tabs.filter(({ isSaved }) => isSaved)
  const more = saved.slice(savedTabsMax)
  const shown = tabs.filter((tab) => !more.includes(tab))
  return (
    <nav
      aria-label="Views"
      className="flex h-10 items-center gap-1 overflow-x-auto border-line border-b bg-surface px-3 md:px-5"
    >
      {shown.map((tab) => (
        <Tab key={tab.id} tab={tab} isActive={tab.id === active.id} onChoose={onChoose} />
      ))}
      {more.length > 0 && (
        <Menu>
          <MenuTrigger className={buttonClass('ghost', cn('h-7 px-2', more.includes(active) && 'text-ink'))}>
            {more.includes(active) ? active.name : 'More'}
            <ChevronDown size={16} strokeWidth={1.75} aria-hidden="true" />
          </MenuTrigger>
          <MenuContent align="start">
            {more.map((tab) => (
              <MenuItem key={tab.id} onSelect={() => onChoose(tab)}>
                <bdi className="max-w-60 truncate">{tab.name}</bdi>
              </MenuItem>
            ))}
          </MenuContent>
        </Menu>
      )}
      {active.isSaved && (
        <button
          type="button"
          className={buttonClass('ghost', 'h-7 px-2')}
          aria-label={`Remove the view ${active.name}`}
          title="Remove this view"
          onClick={() => views.remove(active)}
        >
          <Trash2 size={14} strokeWidth={1.75} aria-hidden="true" />
        </button>
      )}
      {isChanged && <SaveView query={query} suggestedName={active.isSaved ? active.name : ''} onSave={views.save} />}
    </nav>
  )
}

function Tab({ tab, isActive, onChoose }: { tab: ViewTab; isActive: boolean; onChoose: (tab: ViewTab) => void }) {
  const { unviewedCount } = useLiveStatus()
  const count = tab.id === 'unviewed' ? unviewedCount : null
  return (
    <button
      type="button"
      aria-current={isActive ? 'page' : undefined}
      className={cn(
        'flex h-7 shrink-0 cursor-pointer items-center gap-1.5 rounded-control px-2 font-medium pointer-coarse:h-11',
        isActive ? 'bg-accent-subtle text-ink' : 'text-ink-2 hover:bg-sunken hover:text-ink',
      )}
      onClick={() => onChoose(tab)}
    >
      <bdi className="max-w-48 truncate">{tab.name}</bdi>
      {count !== null && count > 0 && (
        <span className="text-ink-2 text-meta" title={formatCount(count)}>
          {count > 99 ? '99+' : count}
        </span>
      )}
    </button>
  )
}
