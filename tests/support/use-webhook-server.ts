import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Database } from '@/db/client'
import { type CallbackRow, clearRows, readRows } from './callback-rows'
import { createTestDatabase, type TestDatabase } from './database'
import type { WebhookAdapter } from './webhook-adapters'
import { signed } from './webhook-bodies'
import { jsonOf, type WebhookAnswer, type WebhookRequest, type WebhookServer } from './webhook-server'

export type WebhookUnderTest = {
  send(request: WebhookRequest): Promise<WebhookAnswer>
  /** Signs, posts, and reads the answer's JSON. */
  post(
    body: Uint8Array | string,
    headers?: Record<string, string>,
  ): Promise<ReturnType<typeof jsonOf> & { status: number }>
  rows(): Promise<CallbackRow[]>
  /** The one callback that is stored. */
  row(): Promise<CallbackRow>
  db(): Database
}

/** One server on a database of its own for the tests of a `describe`, with no callback in it when a test begins. */
export function useWebhookServer(adapter: WebhookAdapter): WebhookUnderTest {
  let database: TestDatabase
  let server: WebhookServer
  beforeAll(async () => {
    database = await createTestDatabase()
    server = await adapter.start(database.url)
  })
  beforeEach(() => clearRows(database.db))
  afterAll(async () => {
    await server?.stop()
    await database?.drop()
  })
  const rows = () => readRows(database.db)
  return {
    send: (request) => server.send(request),
    async post(body, headers) {
      const answer = await server.send(signed(body, headers))
      return { ...jsonOf(answer), status: answer.status }
    },
    rows,
    async row() {
      const [row, ...others] = await rows()
      if (!row || others.length > 0) throw new Error(`${others.length + (row ? 1 : 0)} callbacks are stored, not one`)
      return row
    },
    db: () => database.db,
  }
}
