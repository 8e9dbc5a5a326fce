import { AppError } from '@/lib/http/app-error'

/** Bounds what is held in memory at once, so that a flood gets 503 instead of an out-of-memory kill. */
export type Intake = {
  /**
   * Reserves room for one body before it is read.
   * @returns gives the room back.
   * @throws AppError `overloaded` when there is none.
   */
  reserve(bytes: number): () => void
}

/** @param limits bodies under way at once, counted and in bytes. */
export function createIntake(limits: { requestsMax: number; bytesMax: number }): Intake {
  let requests = 0
  let reserved = 0
  return {
    reserve(bytes) {
      if (requests >= limits.requestsMax || reserved + bytes > limits.bytesMax) {
        throw new AppError('overloaded', 'Too many callbacks at once. Send it again.', {
          headers: { 'retry-after': '2' },
        })
      }
      requests += 1
      reserved += bytes
      let isReleased = false
      return () => {
        if (isReleased) return
        isReleased = true
        requests -= 1
        reserved -= bytes
      }
    },
  }
}
