import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { endOfTurn } from '@/lib/llm-callbacks/receive/end-of-turn'

test('all who wait go on in a row and in order, behind what the turn still reads', async () => {
  const seen: string[] = []
  const wait = async (name: string) => {
    await endOfTurn()
    seen.push(name)
  }
  const [first, second] = [wait('first'), wait('second')]
  process.nextTick(() => seen.push('of this turn'))
  await Promise.all([first, second])
  expect(seen).toEqual(['of this turn', 'first', 'second'])
})

test('who comes in between does not go with them', async () => {
  const seen: string[] = []
  const again = endOfTurn().then(() => {
    seen.push('first')
    return endOfTurn().then(() => seen.push('later'))
  })
  await endOfTurn()
  seen.push('second')
  await again
  expect(seen).toEqual(['first', 'second', 'later'])
})

test('pieces on several connections that are there at once are all read before', async () => {
  const seen: string[] = []
  const server = createServer((socket) => {
    socket.on('data', () => {
      seen.push('read')
      void endOfTurn().then(() => seen.push('handled'))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const clients = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1'), connect(port, '127.0.0.1')]
  await Promise.all(clients.map((client) => once(client, 'connect')))
  // Kept from reading until all have been written, as by a burst.
  await new Promise((resolve) => setTimeout(resolve, 20))
  for (const client of clients) client.write('x')
  const until = performance.now() + 30
  while (performance.now() < until);
  while (seen.length < 6) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(seen).toEqual(['read', 'read', 'read', 'handled', 'handled', 'handled'])
  for (const client of clients) client.destroy()
  server.close()
})
