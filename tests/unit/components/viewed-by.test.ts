import { expect, test } from 'vitest'
import { viewedBy } from '@/components/admin/detail/viewed-by'

const you = { adminUserId: 'you', name: 'Yara', viewedAt: '2026-11-23T12:00:00Z' }
const viewer = (name: string | null) => ({ ...you, adminUserId: `id of ${name}`, name })

test.each([
  [[], null],
  [[you], 'you'],
  [[viewer('Ana')], 'Ana'],
  [[viewer('Ana'), you], 'you and Ana'],
  [[viewer('Ana'), viewer('Ben'), viewer('Cem'), you], 'you, Ana, Ben and Cem'],
  [[viewer('Ana'), viewer('Ben'), viewer('Cem'), viewer('Dan')], 'Ana, Ben, Cem and 1 other'],
  [['Ana', 'Ben', 'Cem', 'Dan', 'Eve', 'Fay'].map(viewer), 'Ana, Ben, Cem and 3 others'],
  [[viewer(null), viewer('Ana'), you], 'you, Ana and 1 other'],
  [[viewer(null)], 'an admin since removed'],
  [[viewer(null), viewer(null)], '2 admins since removed'],
  [[viewer('A\u202Ena')], 'A[U+202E]na'],
])('viewers %# are told as %2$s', (viewers, text) => {
  expect(viewedBy(viewers, 'you')).toBe(text)
})
