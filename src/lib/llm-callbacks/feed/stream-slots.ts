import { AppError } from '@/lib/http/app-error'

/** Bounds the streams that are open at once. */
export type StreamSlots = {
  /**
   * Takes a slot for one stream of this user.
   * @returns gives it back; calling it again does nothing.
   * @throws AppError `too_many_streams` (429) when the user has as many as one may, `overloaded` (503) when all are taken.
   */
  take(userId: string): () => void
}

/** One whose client vanished without a word gives its slot back at a heartbeat, at the latest. */
const retryAfterSeconds = '30'

/** The limits hold per process: each replica has its own slots. Beyond them a reader can poll `check`. */
export function createStreamSlots({ perUserMax = 20, totalMax = 500 } = {}): StreamSlots {
  const perUser = new Map<string, number>()
  let total = 0
  return {
    take(userId) {
      const headers = { 'retry-after': retryAfterSeconds }
      const own = perUser.get(userId) ?? 0
      if (own >= perUserMax) {
        throw new AppError('too_many_streams', `A user may have ${perUserMax} streams open at once.`, { headers })
      }
      if (total >= totalMax) throw new AppError('overloaded', 'Too many streams are open.', { headers })
      perUser.set(userId, own + 1)
      total += 1
      let isTaken = true
      return () => {
        if (!isTaken) return
        isTaken = false
        total -= 1
        const left = (perUser.get(userId) ?? 1) - 1
        if (left === 0) perUser.delete(userId)
        else perUser.set(userId, left)
      }
    },
  }
}
