import { sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Database } from '@/db/client'
import { migrateUp } from '@/db/migrate'
import { createAdmin } from '@/lib/auth/create-admin'
import { historyInputSchema } from '@/lib/llm-callbacks/history-schemas'
import { listCallbacks } from '@/lib/llm-callbacks/list-callbacks'
import { markCallbacksAsHandled } from '@/lib/llm-callbacks/mark-callbacks-as-handled'
import { markMatchingAsViewed } from '@/lib/llm-callbacks/mark-matching-as-viewed'
import { createReceiver, openIngestDatabase } from '@/lib/llm-callbacks/receive/create-receiver'
import { type ReceiveContext, receiveCallback } from '@/lib/llm-callbacks/receive/receive-callback'
import { signHmacSha256Hex } from '@/lib/signatures/hmac-sha256-hex'
import { openPostgres } from '@/server/open-postgres'
import { migrationsFolder } from '@/server/project-root'
import type { Settings } from '@/server/settings'
import { printError } from '../failure'
import { sayProgress } from '../progress'
import { type Delivery, demoDeliveries } from './deliveries'

export const demoAdmin = { name: 'Demo', email: 'demo@example.com', password: 'have a look around' }

const dayMs = 86_400_000
/** The recorder stores what waits as one batch. */
const batchSize = 100

/**
 * Fills an empty demo database through the code that receives webhooks, and with an admin who has viewed and handled what is
 * older. Does nothing where there is a callback already.
 */
export async function seedDemo(settings: Settings, log: Logger, now: Date): Promise<void> {
  const postgres = await openPostgres(settings, printError)
  const db = openIngestDatabase(postgres.url, log)
  try {
    await migrateUp(postgres.directUrl, migrationsFolder())
    const { rows } = await db.execute<{ isThere: boolean }>(sql`select exists (select from llm_callbacks) as "isThere"`)
    if (rows[0]?.isThere) return
    const { id: adminId } = await createAdmin(db, demoAdmin)
    await receiveAll(db, settings, log, now)
    await markWhatIsOlder(db, adminId, now)
  } finally {
    await db.$client.end()
    await postgres.embedded?.stop()
  }
}

async function receiveAll(db: Database, settings: Settings, log: Logger, now: Date): Promise<void> {
  const publicUrl = () => settings.publicUrl ?? `http://localhost:${settings.port}`
  const context = await createReceiver(db, { ...settings, publicUrl }, log)
  const deliveries = demoDeliveries(now)
  const progress = sayProgress(`of ${deliveries.length} callbacks stored`)
  for (let from = 0; from < deliveries.length; from += batchSize) {
    const batch = deliveries.slice(from, from + batchSize)
    await Promise.all(batch.map((delivery) => receive(delivery, context, settings)))
    progress(from + batch.length)
  }
  await context.recorder.drain()
  await context.close()
  // The table dates a row when it is stored, which for all of these is now.
  await db.execute(sql`
    update llm_callbacks set created_at = verified_at, last_delivered_at = verified_at + (delivery_count - 1) * interval '40 seconds'`)
}

async function receive({ at, body, isForged }: Delivery, context: ReceiveContext, settings: Settings): Promise<void> {
  const secret = isForged ? 'a secret that nobody gave out' : (settings.webhookSecrets[0] ?? '')
  const headers: Record<string, string> = {
    'x-webhook-signature': signHmacSha256Hex(body, secret),
    'content-length': String(body.length),
  }
  await receiveCallback(
    {
      method: 'POST',
      headerNames: () => Object.keys(headers),
      slug: 'llm-callback',
      target: '/api/webhooks/llm-callback',
      clientAddress: () => '127.0.0.1',
      header: (name) => headers[name] ?? null,
      readBody: async () => body,
    },
    { ...context, now: () => at },
  )
}

/** Viewed up to yesterday, and failures up to three days ago handled. */
async function markWhatIsOlder(db: Database, adminId: string, now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * dayMs).toISOString()
  const newestViewed = historyInputSchema.parse({ to: before(1), limit: '1' })
  const [newest] = (await listCallbacks(newestViewed, adminId, db)).items
  if (newest) await markMatchingAsViewed({ filters: {}, through: newest.cursor }, adminId, db)
  const failed = historyInputSchema.parse({ status: 'failed', to: before(3), limit: '200' })
  const { items } = await listCallbacks(failed, adminId, db)
  await markCallbacksAsHandled(
    items.map(({ id }) => id),
    adminId,
    db,
  )
}
