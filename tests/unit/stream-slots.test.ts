import { expect, test } from 'vitest'
import { createStreamSlots } from '@/lib/llm-callbacks/feed/stream-slots'

const takeMany = (take: (user: string) => () => void, user: string, count: number) =>
  Array.from({ length: count }, () => take(user))

test('case 77: a user has 20 streams and no more, and another user is not kept from its own', () => {
  const { take } = createStreamSlots()
  const [release] = takeMany(take, 'ana', 20)
  expect(() => take('ana')).toThrow(
    expect.objectContaining({ code: 'too_many_streams', headers: { 'retry-after': '30' } }),
  )
  takeMany(take, 'ben', 20)
  release?.()
  take('ana')
  expect(() => take('ana')).toThrow()
})

test('case 77: there are 500 streams and no more, whoever asks', () => {
  const { take } = createStreamSlots()
  const releases = Array.from({ length: 25 }, (_, user) => takeMany(take, `user ${user}`, 20)).flat()
  expect(() => take('one more')).toThrow(
    expect.objectContaining({ code: 'overloaded', headers: { 'retry-after': '30' } }),
  )
  for (const release of releases) release()
  expect(takeMany(take, 'one more', 20)).toHaveLength(20)
})

test('a slot that is given back twice is one slot', () => {
  const { take } = createStreamSlots({ perUserMax: 2, totalMax: 3 })
  const [release] = takeMany(take, 'ana', 2)
  release?.()
  release?.()
  take('ana')
  expect(() => take('ana')).toThrow()
})
