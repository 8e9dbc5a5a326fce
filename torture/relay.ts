import { connect, createServer, type Server } from 'node:net'

/**
 * A TCP port that leads to wherever PostgreSQL listens at the moment: an embedded one that was found dead comes back on a port
 * of its own choice, and the reader's pool knows but one address.
 */
export async function relayTo(currentPort: () => number | null): Promise<{ port: number; close(): void }> {
  const server: Server = createServer((client) => {
    client.on('error', () => {})
    const port = currentPort()
    if (port === null) {
      client.destroy()
      return
    }
    const upstream = connect({ port, host: '127.0.0.1', noDelay: true })
    upstream.on('error', () => {})
    upstream.on('close', () => client.destroy())
    client.on('close', () => upstream.destroy())
    client.pipe(upstream)
    upstream.pipe(client)
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address && typeof address === 'object') resolve(address.port)
    })
  })
  return { port, close: () => server.close() }
}
