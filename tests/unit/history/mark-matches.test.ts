import { expect, test } from 'vitest'
import { markMatches } from '@/components/admin/history/mark-matches'

const marked = (text: string, search: string | null) =>
  markMatches(text, search)
    .map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
    .join('')

test.each([
  ['Model overloaded', null, 'Model overloaded'],
  ['Model overloaded', 'LOAD', 'Model over[load]ed'],
  ['a timeout, a Timeout', 'timeout', 'a [timeout], a [Timeout]'],
  ['poison control', 'control poison', '[poison] [control]'],
  ['cost (usd) 1.5', '(usd) 1.5', 'cost [(usd)] [1.5]'],
  ['ab', 'ab', 'ab'],
  ['<b>bold</b>', '<b>', '[<b>]bold</b>'],
])('%j searched for %j', (text, search, expected) => {
  expect(marked(text, search)).toBe(expected)
})
