/** A member of the outermost object: its key decoded, its value as source, and where it stands in the text. */
export type TopLevelMember = { key: string; source: string; start: number; end: number }

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/gs

/**
 * Finds the members of the outermost object of a text that is known to be JSON, which JSON.parse can't: it rounds
 * numbers, drops all but the last of equal keys, and forgets where things stood.
 */
export function topLevelMembers(text: string): TopLevelMember[] {
  const members: TopLevelMember[] = []
  let depth = 0
  let key: { text: string; start: number } | null = null
  let valueStart = -1
  let end = 0
  const endMember = () => {
    if (key && valueStart !== -1) {
      members.push({ key: JSON.parse(key.text), source: text.slice(valueStart, end), start: key.start, end })
    }
    key = null
    valueStart = -1
  }
  for (const match of text.matchAll(token)) {
    const [word] = match
    if (depth === 1 && (word === ',' || word === '}')) endMember()
    else if (depth === 1 && !key) key = { text: word, start: match.index }
    else if (depth === 1 && valueStart === -1 && word !== ':') valueStart = match.index
    if (word === '{' || word === '[') depth += 1
    if (word === '}' || word === ']') depth -= 1
    end = match.index + word.length
  }
  return members
}
