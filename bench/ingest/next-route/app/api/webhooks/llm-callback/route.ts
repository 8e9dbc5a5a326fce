import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { llmCallbacks } from '../../../../../../../src/db/schema/llm-callbacks'
import { isSigned, rowOf } from '../../../../../handwritten'

const db = drizzle(new pg.Pool({ connectionString: process.env.BENCH_DATABASE_URL, max: 32 }))

/** What people write first: a route handler with one INSERT for each callback. */
export async function POST(request: Request): Promise<Response> {
  const body = Buffer.from(await request.arrayBuffer())
  const header = request.headers.get('x-webhook-signature') ?? ''
  if (!isSigned(body, header, process.env.BENCH_SECRET ?? '')) return new Response(null, { status: 401 })
  await db.insert(llmCallbacks).values(rowOf(body, header)).onConflictDoNothing()
  return Response.json({ received: true })
}
