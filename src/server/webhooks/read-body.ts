import type { IncomingMessage } from 'node:http'
import { AppError } from '@/lib/http/app-error'
import { createDeadlines } from '@/lib/llm-callbacks/receive/deadlines'
import { type BodyLimits, bodyTooLarge } from '@/lib/llm-callbacks/receive/receive-callback'

const timeoutMs = 10_000
const deadlines = createDeadlines<(error: Error) => void>(timeoutMs, (fail) => {
  fail(new AppError('request_timeout', `The body was not whole after ${timeoutMs / 1000} s.`))
})

/**
 * Reads a request's exact bytes.
 * @throws AppError `body_too_large` once there are more than `bytesMax`, `request_timeout` when the body is not whole after
 * 10 s, `incomplete_body` when the client goes before its end.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const stop = () => {
      deadlines.stop(fail)
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose)
    }
    const fail = (error: unknown) => {
      stop()
      reject(error)
    }
    const onData = (chunk: Buffer) => {
      bytes += chunk.length
      chunks.push(chunk)
      if (bytes > limits.bytesMax) return fail(bodyTooLarge(limits.bytesMax))
      try {
        limits.onBytes(bytes)
      } catch (error) {
        fail(error)
      }
    }
    const onEnd = () => {
      stop()
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, bytes))
    }
    const onClose = () => fail(new AppError('incomplete_body', 'The connection ended before the body did.'))
    deadlines.start(fail)
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose)
  })
}
