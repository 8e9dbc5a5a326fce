// node:http as people write it by hand. `stores` inserts each callback by Drizzle, `verifies` stores nothing, `hello` only answers.
import http from 'node:http'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { llmCallbacks } from '../../src/db/schema/llm-callbacks'
import { isSigned, rowOf } from './handwritten'

const [does, port, secret = '', connectionString] = process.argv.slice(2)
const db = does === 'stores' ? drizzle(new pg.Pool({ connectionString, max: 32 })) : null

async function answer(request: http.IncomingMessage): Promise<number> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  if (does === 'hello') return 200
  const body = Buffer.concat(chunks)
  const header = String(request.headers['x-webhook-signature'])
  if (!isSigned(body, header, secret)) return 401
  const row = rowOf(body, header)
  await db?.insert(llmCallbacks).values(row).onConflictDoNothing()
  return 200
}

http
  .createServer(async (request, response) => {
    const status = await answer(request).catch(() => 500)
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': 17 }).end('{"received":true}')
  })
  .listen(Number(port), '127.0.0.1', 4_096, () => process.stdout.write('listening\n'))
