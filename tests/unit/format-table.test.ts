import { expect, test } from 'vitest'
import { formatTable } from '@/cli/format-table'

test('columns are as wide as what is in them, and no cell can write outside of itself (case 66)', () => {
  const rows = [
    ['Ana', 'ana@example.com'],
    ['\u001b[2J\n\u202eBen', 'b@example.com'],
  ]
  expect(formatTable(['NAME', 'E-MAIL'], rows)).toBe(
    ['NAME              E-MAIL', 'Ana               ana@example.com', '␛[2J␊[U+202E]Ben  b@example.com'].join('\n'),
  )
})
