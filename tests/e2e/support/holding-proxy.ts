import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A proxy that collects what a stream sends before it passes it on, as some do: after the first `bytesPassed` bytes nothing
 * more of a stream comes through, and the connection stays open. All else passes.
 */
export async function startHoldingProxy(targetUrl: string, bytesPassed: number) {
  const target = new URL(targetUrl)
  const server = http.createServer((request, response) => {
    const { method, url, headers } = request
    const isStream = url?.includes('/stream') ?? false
    const forward = http.request({ host: target.hostname, port: target.port, method, path: url, headers }, (answer) => {
      if (!isStream) {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
        return
      }
      let passed = 0
      answer.on('data', (chunk: Buffer) => {
        const part = chunk.subarray(0, bytesPassed - passed)
        if (part.length === 0) return
        passed += part.length
        if (!response.headersSent) response.writeHead(answer.statusCode ?? 502, answer.headers)
        response.write(part)
      })
      answer.on('end', () => response.end())
    })
    forward.on('error', () => response.destroy())
    response.on('close', () => forward.destroy())
    request.pipe(forward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://${target.hostname}:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
