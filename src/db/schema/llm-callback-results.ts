import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { bytea } from './columns'
import { llmCallbacks } from './llm-callbacks'

/** What was fetched for a callback whose sender did not send it. Not signed by the sender. */
export const llmCallbackResults = pgTable('llm_callback_results', {
  callbackId: uuid('callback_id')
    .primaryKey()
    .references(() => llmCallbacks.id, { onDelete: 'cascade' }),
  state: text('state').notNull().default('waiting'),
  attempts: integer('attempts').notNull().default(0),
  nextAttemptAt: timestamp('next_attempt_at', { withTimezone: true }).notNull().defaultNow(),
  fetchedAt: timestamp('fetched_at', { withTimezone: true }),
  httpStatus: integer('http_status'),
  body: bytea('body'),
  error: text('error'),
})
