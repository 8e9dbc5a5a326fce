import { AppError } from '@/lib/http/app-error'

/** Room for one body. */
export type Room = {
  /**
   * Makes sure that there is room for this many bytes in all, taking more where needed.
   * @throws AppError `overloaded` when there is none.
   */
  ensure(bytes: number): void
  release(): void
}

/** Bounds what is held in memory at once, so that a flood gets 503 instead of an out-of-memory kill. */
export type Intake = {
  /**
   * Reserves room for one body before it is read: for its first bytes only, since a length is declared by anybody. The rest
   * takes room as it comes.
   * @param declared its declared length; null when it is sent in chunks.
   * @throws AppError `overloaded` when there is none.
   */
  reserve(declared: number | null): Room
}

const bytesFirst = 64 * 1024

/** @param limits bodies under way at once, counted and in bytes. */
export function createIntake(limits: { requestsMax: number; bytesMax: number }): Intake {
  let requests = 0
  let reserved = 0
  const take = (bytes: number) => {
    if (reserved + bytes > limits.bytesMax) throw overloaded()
    reserved += bytes
    return bytes
  }
  return {
    reserve(declared) {
      if (requests >= limits.requestsMax) throw overloaded()
      let held = take(Math.min(declared ?? bytesFirst, bytesFirst))
      requests += 1
      return {
        ensure(wanted) {
          // Doubled, so that a long body asks a few times and not at every chunk.
          if (wanted > held) held += take(Math.max(wanted - held, held))
        },
        release() {
          requests -= 1
          reserved -= held
        },
      }
    },
  }
}

function overloaded(): AppError {
  return new AppError('overloaded', 'Too many requests at once. Send it again.', { headers: { 'retry-after': '2' } })
}
