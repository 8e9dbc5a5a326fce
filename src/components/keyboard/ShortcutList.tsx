'use client'

import { singleKeyShortcuts } from '../preferences/single-key-shortcuts'
import { Dialog } from '../ui/dialog'
import { Kbd } from '../ui/kbd'
import type { ShortcutHere, ShortcutScope } from './shortcuts'

type ShortcutListProps = { shortcuts: readonly ShortcutHere[]; onClose: () => void }

const headings: Record<ShortcutScope, string> = {
  window: 'In this window',
  page: 'On this page',
  console: 'Everywhere',
}
const scopes: readonly ShortcutScope[] = ['window', 'page', 'console']

/** The keys that do something where the focus was when it was asked for. */
export default function ShortcutList({ shortcuts, onClose }: ShortcutListProps) {
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Keyboard shortcuts"
      description={singleKeyShortcuts.get() ? undefined : 'Single keys are turned off in your profile.'}
      className="max-w-[640px]"
    >
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {scopes.map((scope) => (
          <ScopeShortcuts
            key={scope}
            heading={headings[scope]}
            shortcuts={shortcuts.filter((one) => one.scope === scope)}
          />
        ))}
      </div>
    </Dialog>
  )
}

function ScopeShortcuts({ heading, shortcuts }: { heading: string; shortcuts: readonly ShortcutHere[] }) {
  if (shortcuts.length === 0) return null
  return (
    <section aria-label={heading}>
      <h3 className="mb-1 font-medium text-form">{heading}</h3>
      <ul>
        {shortcuts.map(({ shortcut: { keys, label } }) => (
          <li
            key={`${label} ${keys}`}
            className="flex min-h-8 items-center justify-between gap-3 border-line border-b text-body"
          >
            {label}
            <span className="flex shrink-0 flex-wrap justify-end gap-x-2">
              {[keys].flat().map((one) => (
                <Kbd key={one} keys={one} />
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
