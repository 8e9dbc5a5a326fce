import { describe, expect, test } from 'vitest'
import { findCommands, readTyped } from '@/components/commands/find-commands'
import { pickCommands } from '@/components/commands/last-used'

const command = (id: string, label: string) => ({ id, label, run: () => undefined })
const groups = [
  { group: 'Go to' as const, commands: [command('go.callbacks', 'Callbacks'), command('go.profile', 'Profile')] },
  { group: 'Filters' as const, commands: [command('filter.failed', 'Status is failed')] },
]
const found = (text: string) => findCommands(groups, text).flatMap(({ commands }) => commands.map(({ id }) => id))

describe('commands are found by words of their names', () => {
  test.each([
    ['', ['go.callbacks', 'go.profile', 'filter.failed']],
    ['  ', ['go.callbacks', 'go.profile', 'filter.failed']],
    ['CALL', ['go.callbacks']],
    ['failed status', ['filter.failed']],
    ['a', ['go.callbacks', 'filter.failed']],
    ['nothing', []],
  ])('%j', (text, ids) => {
    expect(found(text)).toEqual(ids)
  })

  test('a group without one is left out', () => {
    expect(findCommands(groups, 'profile').map(({ group }) => group)).toEqual(['Go to'])
  })
})

describe('what is typed may be an id, or words to search for', () => {
  test.each([
    [' 0190A3F2-7c11-7000-8000-000000000001 ', { kind: 'id', id: '0190a3f2-7c11-7000-8000-000000000001' }],
    ['0190a3f2-7c11-7000-8000-00000000000', { kind: 'words', words: '0190a3f2-7c11-7000-8000-00000000000' }],
    [' rate limit ', { kind: 'words', words: 'rate limit' }],
    ['ab ', null],
    ['\u{1f600}\u{1f600}', null],
    ['', null],
  ])('%j', (text, typed) => {
    expect(readTyped(text)).toEqual(typed)
  })
})

test('remembered commands come back in their order, those that are gone do not', () => {
  expect(pickCommands(groups, ['filter.failed', 'gone', 'go.callbacks']).map(({ id }) => id)).toEqual([
    'filter.failed',
    'go.callbacks',
  ])
})
