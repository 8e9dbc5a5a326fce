import type { IncomingMessage } from 'node:http'
import { AppError } from '@/lib/http/app-error'
import { type BodyLimits, bodyTooLarge } from '@/lib/llm-callbacks/receive/receive-callback'

/**
 * Reads a request's exact bytes.
 * @throws AppError `body_too_large` once there are more than `bytesMax`, `request_timeout` when the body is not whole after
 * `timeoutMs`, `incomplete_body` when the client goes before its end.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits & { timeoutMs: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const settle = (error: unknown) => {
      clearTimeout(timer)
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose)
      if (error) reject(error)
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, bytes))
    }
    const onData = (chunk: Buffer) => {
      bytes += chunk.length
      chunks.push(chunk)
      if (bytes > limits.bytesMax) return settle(bodyTooLarge(limits.bytesMax))
      try {
        limits.onBytes(bytes)
      } catch (error) {
        settle(error)
      }
    }
    const onEnd = () => settle(null)
    const onClose = () => settle(new AppError('incomplete_body', 'The connection ended before the body did.'))
    const timer = setTimeout(
      () => settle(new AppError('request_timeout', `The body was not whole after ${limits.timeoutMs / 1000} s.`)),
      limits.timeoutMs,
    )
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose)
  })
}
