import { pgTable, timestamp, uuid } from 'drizzle-orm/pg-core'
import { bytea } from './columns'

/** What is kept of a callback that was pruned, so that a late retry of it is still a duplicate. */
export const llmCallbackTombstones = pgTable('llm_callback_tombstones', {
  deliveryKey: bytea('delivery_key').primaryKey(),
  contentDigest: bytea('content_digest').notNull(),
  id: uuid('id').notNull(),
  prunedAt: timestamp('pruned_at', { withTimezone: true }).notNull().defaultNow(),
})
