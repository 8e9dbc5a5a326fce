import type { Server } from 'node:http'

/** How many connections may wait to be accepted: the system's own bound is commonly 4096 as well. */
const backlog = 4_096

/**
 * Listens, and returns the port (which the system chooses when it is 0).
 * @throws Error that says what to change when the port is taken or not allowed.
 */
export function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') reject(new Error(`Port ${port} on ${host} is in use. Set PORT to another one.`))
      else if (error.code === 'EACCES')
        reject(new Error(`Port ${port} may not be opened by this user. Set PORT to one above 1023.`))
      else reject(error)
    })
    server.listen({ port, host, backlog }, () => {
      const address = server.address()
      if (address && typeof address === 'object') resolve(address.port)
      else reject(new Error('The server listens on no port'))
    })
  })
}
