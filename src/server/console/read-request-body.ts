import type { IncomingMessage, ServerResponse } from 'node:http'
import { networkOf } from '@/lib/http/network-of'
import { createIntake } from '@/lib/llm-callbacks/receive/intake'
import { bodyTooLarge } from '@/lib/llm-callbacks/receive/receive-callback'
import { readBody } from '../webhooks/read-body'

/** The longest that a page, an action or sign-in is ever sent is a list of ids: some 20 kB. */
const bodyBytesMax = 256 * 1024
const underWayMax = { requestsMax: 256, bytesMax: 16 * 1024 * 1024 }

type PassOn = (body: Buffer | null) => Promise<void>

/**
 * Makes what reads a whole body before any of it goes to the console: Next reads some bodies for as long as they last, and
 * before it knows who sends them. `passOn` gets null where there is no body.
 *
 * @returns a function that throws AppError `body_too_large`, `request_timeout`, `incomplete_body`, `overloaded`, and
 * whatever `passOn` throws
 */
export function createBodyReader() {
  const intake = createIntake(underWayMax)
  return async function readThenPassOn(request: IncomingMessage, response: ServerResponse, passOn: PassOn) {
    const { 'content-length': length, 'transfer-encoding': encoding, expect } = request.headers
    if (length === undefined && encoding === undefined) return passOn(null)
    if (Number(length ?? 0) > bodyBytesMax) throw bodyTooLarge(bodyBytesMax)
    const room = intake.reserve(length === undefined ? null : Number(length), clientOf(request))
    try {
      if (expect) response.writeContinue()
      const onBytes = (bytes: number) => room.ensure(bytes)
      const body = await readBody(request, { bytesMax: bodyBytesMax, onBytes })
      delete request.headers['transfer-encoding']
      delete request.headers.expect
      request.headers['content-length'] = String(body.length)
      await passOn(body)
    } finally {
      room.release()
    }
  }
}

/** By then the front door has put the client's address into this header, whatever it was sent. */
function clientOf({ headers }: IncomingMessage): string {
  return networkOf([headers['x-forwarded-for'] ?? ''].flat()[0] ?? '', 32) ?? ''
}
