import type { Server } from 'node:http'
import { Server as NetServer } from 'node:net'

type CloseOptions = { closeIdle: () => void; cut: () => void; patienceMs: number }

/** For requests that had left their sender when we stopped, on connections that looked idle. */
const arrivalGraceMs = 200

/**
 * Stops listening, lets what is under way be answered, and cuts what is still open after `patienceMs`: a body that does not
 * come to its end, a client that does not read its answer.
 */
export function closeServer(server: Server, { closeIdle, cut, patienceMs }: CloseOptions): Promise<void> {
  return new Promise((resolve) => {
    const grace = setTimeout(closeIdle, arrivalGraceMs)
    const end = setTimeout(cut, patienceMs)
    // That of http closes idle connections at once, and with them what is on its way on them.
    NetServer.prototype.close.call(server, () => {
      clearTimeout(grace)
      clearTimeout(end)
      resolve()
    })
  })
}
