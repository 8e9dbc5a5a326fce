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
   * @param client who sends it, as a key to count by; '' where that is unknown: then only the bounds of all hold.
   * @throws AppError `overloaded` when there is none.
   */
  reserve(declared: number | null, client: string): Room
}

type IntakeLimits = {
  /** Bodies under way at once. */
  requestsMax: number
  bytesMax: number
}

/** `share`: how much of all may be in use here. */
type Usage = { requests: number; bytes: number; share: number }

/** So little that as many bodies as are allowed, each begun and then left, can't take the room of all bytes. */
const bytesFirst = 16 * 1024
/**
 * What one client may hold of everything: whoever it is, others find the other half. Behind a proxy that is not in
 * TRUSTED_PROXIES all come from one address, and half must do for them; it does, at what one database takes.
 */
const clientShareMax = 0.5

/** @param limits of all clients together. They hold per process. */
export function createIntake(limits: IntakeLimits): Intake {
  const total = { requests: 0, bytes: 0 }
  const clients = new Map<string, Usage>()

  function take(own: Usage, requests: number, bytes: number): boolean {
    const isFull =
      total.requests + requests > limits.requestsMax ||
      total.bytes + bytes > limits.bytesMax ||
      own.requests + requests > limits.requestsMax * own.share ||
      own.bytes + bytes > limits.bytesMax * own.share
    if (isFull) return false
    add(own, requests, bytes)
    return true
  }

  function add(own: Usage, requests: number, bytes: number): void {
    total.requests += requests
    total.bytes += bytes
    own.requests += requests
    own.bytes += bytes
  }

  return {
    reserve(declared, client) {
      const own = clients.get(client) ?? { requests: 0, bytes: 0, share: client === '' ? 1 : clientShareMax }
      let held = Math.min(declared ?? bytesFirst, bytesFirst)
      if (!take(own, 1, held)) throw overloaded()
      if (own.requests === 1) clients.set(client, own)
      return {
        ensure(wanted) {
          if (wanted <= held) return
          // Doubled where that fits, so that a long body asks a few times and not at every chunk.
          const bytes = [Math.max(wanted, held * 2) - held, wanted - held].find((more) => take(own, 0, more))
          if (bytes === undefined) throw overloaded()
          held += bytes
        },
        release() {
          add(own, -1, -held)
          if (own.requests === 0) clients.delete(client)
        },
      }
    },
  }
}

function overloaded(): AppError {
  return new AppError('overloaded', 'Too many requests at once. Send it again.', { headers: { 'retry-after': '2' } })
}
