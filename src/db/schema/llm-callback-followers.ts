import { bigint, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** How far each consumer of the feed has come, see src/lib/derived. */
export const llmCallbackFollowers = pgTable('llm_callback_followers', {
  name: text('name').primaryKey(),
  /** Every callback up to this seq is consumed. */
  position: bigint('position', { mode: 'number' }).notNull().default(0),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
})
