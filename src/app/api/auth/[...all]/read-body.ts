/**
 * Reads a request's body, but never more than the limit: Next sets none for routes, and nobody has signed in yet.
 *
 * @returns the bytes; null where there are none; `too_large` as soon as the limit is passed, whatever Content-Length says
 */
export async function readBody(
  request: Request,
  bodyBytesMax: number,
): Promise<Buffer<ArrayBuffer> | null | 'too_large'> {
  if (!request.body) return null
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reader = request.body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength
    if (bytes > bodyBytesMax) {
      await reader.cancel()
      return 'too_large'
    }
    chunks.push(part.value)
  }
  // Next hands over a body for every POST, and better-auth asks any body for its type, an empty one too.
  return bytes === 0 ? null : Buffer.concat(chunks)
}
