import { bigint, integer, numeric, pgTable, smallint, text, timestamp } from 'drizzle-orm/pg-core'

/** Callbacks counted by stretches of time, see src/lib/overview. Its unique key takes nulls as equal, which Drizzle can't say. */
export const llmCallbackRollups = pgTable('llm_callback_rollups', {
  bucketSeconds: integer('bucket_seconds').notNull(),
  startsAt: timestamp('starts_at', { withTimezone: true }).notNull(),
  source: text('source').notNull(),
  workflowName: text('workflow_name'),
  status: text('status').notNull(),
  durationStep: smallint('duration_step'),
  callbacks: bigint('callbacks', { mode: 'number' }).notNull(),
  tokensTotal: numeric('tokens_total'),
  costUsd: numeric('cost_usd'),
})
