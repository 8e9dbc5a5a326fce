import { searchCharactersMin } from '@/lib/llm-callbacks/search/search-limits'
import type { Command, CommandsOfGroup } from './commands'

/**
 * The commands whose names hold all words of the text, whatever their case, in the order of their groups; groups without
 * one are left out.
 */
export function findCommands(groups: readonly CommandsOfGroup[], text: string): CommandsOfGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const matches = ({ label }: Command) => words.every((word) => label.toLowerCase().includes(word))
  return groups
    .map(({ group, commands }) => ({ group, commands: commands.filter(matches) }))
    .filter(({ commands }) => commands.length > 0)
}

/** What is typed may itself name something: the id of a callback or a job, or words to search for. */
export type Typed = { kind: 'id'; id: string } | { kind: 'words'; words: string }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function readTyped(text: string): Typed | null {
  const typed = text.trim()
  if (uuid.test(typed)) return { kind: 'id', id: typed.toLowerCase() }
  return [...typed].length >= searchCharactersMin ? { kind: 'words', words: typed } : null
}
