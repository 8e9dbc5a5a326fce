'use client'

import { Command as Menu } from 'cmdk'
import { CornerDownLeft, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { useRef, useState } from 'react'
import { Kbd } from '../ui/kbd'
import { openCallback } from '../windows/open-callback'
import type { Command, CommandsOfGroup } from './commands'
import { findCommands, readTyped, type Typed } from './find-commands'
import { lastUsed, pickCommands, rememberCommand } from './last-used'

type CommandPaletteProps = { groups: readonly CommandsOfGroup[]; onClose: () => void }

/** Everything that can be done here, found by typing. Focus returns to where it was, and only then the command runs. */
export default function CommandPalette({ groups, onClose }: CommandPaletteProps) {
  const [text, setText] = useState('')
  const chosen = useRef<Command | null>(null)
  const router = useRouter()
  const remembered = text === '' ? pickCommands(groups, lastUsed.get()) : []
  const typed = readTyped(text)
  const choose = (command: Command) => {
    chosen.current = command
    onClose()
  }
  const typedProps = { onChoose: choose, go: (href: string) => router.push(href) }
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <div className="fixed inset-0 z-50 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          // The focus is on its way back; what the command does with it comes after.
          onCloseAutoFocus={() => queueMicrotask(() => chosen.current?.run())}
          className="fixed top-[12dvh] left-1/2 z-50 w-[calc(100vw-32px)] max-w-[560px] -translate-x-1/2 overflow-hidden rounded-card border border-line bg-raised text-ink shadow-window outline-none"
        >
          <Dialog.Title className="sr-only">Commands</Dialog.Title>
          <Menu label="Commands" shouldFilter={false} loop>
            <div className="flex items-center gap-2 border-line border-b px-3">
              <Search size={16} strokeWidth={1.75} aria-hidden="true" className="shrink-0 text-ink-2" />
              <Menu.Input
                value={text}
                onValueChange={setText}
                placeholder="Go to, do or find"
                className="h-12 min-w-0 flex-1 bg-transparent text-form outline-none placeholder:text-ink-3"
              />
            </div>
            <Menu.List className="max-h-[min(420px,60dvh)] overflow-y-auto p-1.5">
              <Menu.Empty className="px-2 py-6 text-center text-form text-ink-2">
                Nothing by this name. From 3 characters on, payloads can be searched.
              </Menu.Empty>
              {typed?.kind === 'id' && <TypedItems {...typedProps} typed={typed} />}
              {remembered.length > 0 && (
                <Items heading="Last used" commands={remembered} prefix="last:" onChoose={choose} />
              )}
              {findCommands(groups, text).map(({ group, commands }) => (
                <Items key={group} heading={group} commands={commands} onChoose={remember(choose)} />
              ))}
              {typed?.kind === 'words' && <TypedItems {...typedProps} typed={typed} />}
            </Menu.List>
          </Menu>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function remember(choose: (command: Command) => void): (command: Command) => void {
  return (command) => {
    rememberCommand(command.id)
    choose(command)
  }
}

type ItemsProps = {
  heading: string
  commands: readonly Command[]
  /** Tells an item from the same command in another group. */
  prefix?: string
  onChoose: (command: Command) => void
}

function Items({ heading, commands, prefix = '', onChoose }: ItemsProps) {
  return (
    <Menu.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-ink-2 [&_[cmdk-group-heading]]:text-meta"
    >
      {commands.map((command) => (
        <Menu.Item
          key={command.id}
          value={prefix + command.id}
          onSelect={() => onChoose(command)}
          className="flex min-h-9 cursor-pointer items-center gap-2 rounded-control px-2 text-body data-[selected=true]:bg-accent-subtle pointer-coarse:min-h-11"
        >
          {command.Icon && (
            <command.Icon size={16} strokeWidth={1.75} aria-hidden="true" className="shrink-0 text-ink-2" />
          )}
          <bdi className="min-w-0 flex-1 truncate">{command.label}</bdi>
          {command.keys && <Kbd keys={command.keys} className="max-sm:hidden" />}
        </Menu.Item>
      ))}
    </Menu.Group>
  )
}

type TypedItemsProps = { typed: Typed; onChoose: (command: Command) => void; go: (href: string) => void }

/** What the text itself names: an id before all commands, words to search for after them. */
function TypedItems({ typed, onChoose, go }: TypedItemsProps) {
  const commands: Command[] =
    typed.kind === 'id'
      ? [
          {
            id: 'typed.callback',
            label: `Open callback ${typed.id}`,
            Icon: CornerDownLeft,
            run: () => openCallback(typed.id),
          },
          {
            id: 'typed.job',
            label: `Show job ${typed.id}`,
            Icon: Search,
            run: () => go(`/callbacks?${new URLSearchParams({ job: typed.id })}`),
          },
        ]
      : [
          {
            id: 'typed.search',
            label: `Search payloads for “${typed.words}”`,
            Icon: Search,
            run: () => go(`/callbacks?${new URLSearchParams({ q: typed.words })}`),
          },
        ]
  return <Items heading={typed.kind === 'id' ? 'By its id' : 'Search'} commands={commands} onChoose={onChoose} />
}
