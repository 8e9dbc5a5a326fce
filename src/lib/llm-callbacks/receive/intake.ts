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
   * Reserves room for one body before it is read.
   * @param bytes its declared length; null when it is sent in chunks, which take room as they come.
   * @throws AppError `overloaded` when there is none.
   */
  reserve(bytes: number | null): Room
}

const chunkedBytesFirst = 64 * 1024

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
    reserve(bytes) {
      if (requests >= limits.requestsMax) throw overloaded()
      let held = take(bytes ?? chunkedBytesFirst)
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
  return new AppError('overloaded', 'Too many callbacks at once. Send it again.', { headers: { 'retry-after': '2' } })
}
