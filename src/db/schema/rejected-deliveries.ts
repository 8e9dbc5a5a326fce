import { bigint, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** How many deliveries were refused: per minute, source, reason and network of the sender. `source` is '' where there is none. */
export const rejectedDeliveries = pgTable(
  'rejected_deliveries',
  {
    periodStart: timestamp('period_start', { withTimezone: true }).notNull(),
    source: text('source').notNull(),
    reason: text('reason').notNull(),
    prefix: text('prefix').notNull(),
    count: bigint('count', { mode: 'number' }).notNull(),
    lastSeenAt: timestamp('last_seen_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.periodStart, table.source, table.reason, table.prefix] })],
)

/** The newest refused deliveries as examples: never a body, never a header. */
export const rejectedDeliverySamples = pgTable('rejected_delivery_samples', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  rejectedAt: timestamp('rejected_at', { withTimezone: true }).notNull(),
  source: text('source').notNull(),
  reason: text('reason').notNull(),
  prefix: text('prefix').notNull(),
  path: text('path').notNull(),
  bodyBytes: bigint('body_bytes', { mode: 'number' }),
})
