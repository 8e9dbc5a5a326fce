import { describe, expect, test } from 'vitest'
import { AppError } from '@/lib/http/app-error'
import { createIntake, type Intake, type Room } from '@/lib/llm-callbacks/receive/intake'

const kiB = 1024

/** Reserves until there is no more room; the refusal must say when to come again. */
function fill(intake: Intake, client: string, declared: number | null = 1): Room[] {
  const rooms: Room[] = []
  for (;;) {
    try {
      rooms.push(intake.reserve(declared, client))
    } catch (error) {
      expect(error).toBeInstanceOf(AppError)
      expect(error).toMatchObject({ code: 'overloaded', headers: { 'retry-after': '2' } })
      return rooms
    }
  }
}

describe('case 57: room for bodies', () => {
  test('one client gets half of the requests, and the next one the other half', () => {
    const intake = createIntake({ requestsMax: 100, bytesMax: 100_000 * kiB })
    expect(fill(intake, 'a')).toHaveLength(50)
    expect(fill(intake, 'b')).toHaveLength(50)
    expect(fill(intake, 'c')).toHaveLength(0)
  })

  test('one client gets half of the bytes, however it sends them', () => {
    const intake = createIntake({ requestsMax: 1_000, bytesMax: 1_024 * kiB })
    const room = intake.reserve(null, 'a')
    room.ensure(512 * kiB)
    expect(() => room.ensure(512 * kiB + 1)).toThrow(AppError)
    expect(fill(intake, 'a')).toHaveLength(0)
    intake.reserve(null, 'b').ensure(512 * kiB)
    room.release()
    intake.reserve(null, 'a').ensure(512 * kiB)
  })

  test('where the client is not known all of it may be used', () => {
    const intake = createIntake({ requestsMax: 100, bytesMax: 100_000 * kiB })
    expect(fill(intake, '')).toHaveLength(100)
  })

  test('bodies that are announced and never sent can’t take the room for bytes, whatever they announce', () => {
    const intake = createIntake({ requestsMax: 4_096, bytesMax: 64 * 1_024 * kiB })
    expect([...fill(intake, 'a', 1_048_576), ...fill(intake, 'b', null)]).toHaveLength(4_096)
  })

  test('a body as long as the half gets it, though it comes in pieces of any size', () => {
    const intake = createIntake({ requestsMax: 10, bytesMax: 64 * 1_024 * kiB })
    const room = intake.reserve(null, 'a')
    for (let bytes = 0; bytes <= 32 * 1_024 * kiB; bytes += 61_440) room.ensure(bytes)
    room.ensure(32 * 1_024 * kiB)
  })

  test('all that was taken is given back', () => {
    const intake = createIntake({ requestsMax: 100, bytesMax: 1_024 * kiB })
    for (let round = 0; round < 3; round++) {
      const rooms = [...fill(intake, 'a'), ...fill(intake, 'b', null)]
      expect(rooms.length).toBeGreaterThan(70)
      for (const room of rooms) room.release()
    }
    intake.reserve(null, '').ensure(1_024 * kiB)
  })
})
