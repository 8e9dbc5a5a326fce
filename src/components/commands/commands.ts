import type { LucideIcon } from 'lucide-react'
import { useEffect, useRef } from 'react'

/** Groups of the command palette, in its order. */
export const commandGroups = [
  'Open callbacks',
  'Go to',
  'Actions',
  'Filters',
  'Saved views',
  'Sources',
  'Settings',
] as const
export type CommandGroup = (typeof commandGroups)[number]

export type Command = {
  /** Of its own in all groups; what "last used" remembers. */
  id: string
  label: string
  Icon?: LucideIcon
  /** Shown beside the label, as `useShortcuts` names it. */
  keys?: string
  run: () => void
}

type Registration = { group: CommandGroup; read: () => readonly Command[] }

const registrations = new Set<Registration>()

/** Puts commands into the palette while the component is there; they are read when the palette opens. */
export function useCommands(group: CommandGroup, commands: readonly Command[]): void {
  const latest = useRef(commands)
  latest.current = commands
  useEffect(() => {
    const registration = { group, read: () => latest.current }
    registrations.add(registration)
    return () => {
      registrations.delete(registration)
    }
  }, [group])
}

export type CommandsOfGroup = { group: CommandGroup; commands: readonly Command[] }

/** All commands that there are now, by group. */
export function readCommands(): CommandsOfGroup[] {
  return commandGroups.map((group) => ({
    group,
    commands: [...registrations].filter((one) => one.group === group).flatMap(({ read }) => read()),
  }))
}
