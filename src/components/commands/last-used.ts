import { definePreference } from '../preferences/preference'
import type { Command, CommandsOfGroup } from './commands'

const lastUsedMax = 5

/** The ids of the commands that were used last, the latest first. */
export const lastUsed = definePreference<readonly string[]>({
  name: 'last-commands',
  standard: [],
  parse: (stored) =>
    Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, lastUsedMax) : null,
})

export function rememberCommand(id: string): void {
  lastUsed.set([id, ...lastUsed.get().filter((one) => one !== id)].slice(0, lastUsedMax))
}

/** Those of the remembered that there are now. */
export function pickCommands(groups: readonly CommandsOfGroup[], ids: readonly string[]): Command[] {
  const commands = new Map(groups.flatMap((one) => one.commands).map((command) => [command.id, command]))
  return ids.flatMap((id) => commands.get(id) ?? [])
}
