import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea } from './columns'

/**
 * One thing that a sender had to say, with the exact bytes that said it.
 * Indexes, checks and triggers live in drizzle/migrations/0031_add_llm_callbacks_tables.sql, more indexes in
 * 0033_add_rejected_deliveries.sql and 0036_add_handled_and_saved_views.sql, each with the query it serves.
 */
export const llmCallbacks = pgTable('llm_callbacks', {
  id: uuid('id').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
  source: text('source').notNull(),
  callbackId: text('callback_id'),
  deliveryKey: bytea('delivery_key').notNull(),
  contentDigest: bytea('content_digest').notNull(),
  variantOf: uuid('variant_of').references((): AnyPgColumn => llmCallbacks.id, { onDelete: 'set null' }),
  eventType: text('event_type'),
  status: text('status').notNull(),
  workflowName: text('workflow_name'),
  externalJobId: text('external_job_id'),
  stepId: text('step_id'),
  errorMessage: text('error_message'),
  eventTime: timestamp('event_time', { withTimezone: true }),
  durationMs: bigint('duration_ms', { mode: 'number' }),
  tokensTotal: bigint('tokens_total', { mode: 'number' }),
  costUsd: numeric('cost_usd'),
  raw: bytea('raw').notNull(),
  payload: jsonb('payload'),
  payloadState: text('payload_state').notNull(),
  payloadPreview: text('payload_preview').notNull().default(''),
  conditions: text('conditions').array().notNull().default(sql`'{}'`),
  signatureValid: boolean('signature_valid').notNull(),
  signatureHeader: text('signature_header'),
  signatureScheme: text('signature_scheme'),
  secretId: uuid('secret_id'),
  verifiedAt: timestamp('verified_at', { withTimezone: true }),
  deliveryCount: integer('delivery_count').notNull().default(1),
  lastDeliveredAt: timestamp('last_delivered_at', { withTimezone: true }).notNull().defaultNow(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
})

/** Which admin viewed which callback, and when first. */
export const llmCallbackViews = pgTable(
  'llm_callback_views',
  {
    callbackId: uuid('callback_id')
      .notNull()
      .references(() => llmCallbacks.id, { onDelete: 'cascade' }),
    adminUserId: uuid('admin_user_id').notNull(),
    viewedAt: timestamp('viewed_at', { withTimezone: true }).notNull().defaultNow(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    markingId: uuid('marking_id'),
  },
  (table) => [primaryKey({ columns: [table.callbackId, table.adminUserId] })],
)

/** Everything at or below the mark counts as viewed by that admin, but for what is in `llm_callback_unviewed`. */
export const llmCallbackReadMarks = pgTable('llm_callback_read_marks', {
  adminUserId: uuid('admin_user_id').primaryKey(),
  viewedThroughSeq: bigint('viewed_through_seq', { mode: 'number' }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  markingId: uuid('marking_id'),
  movedFromSeq: bigint('moved_from_seq', { mode: 'number' }),
})

/** What an admin has yet to view at or below the mark, unless there is a view of it. */
export const llmCallbackUnviewed = pgTable(
  'llm_callback_unviewed',
  {
    adminUserId: uuid('admin_user_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    callbackId: uuid('callback_id')
      .notNull()
      .references(() => llmCallbacks.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.adminUserId, table.seq] })],
)

/** What the team has dealt with, who said so, and when. */
export const llmCallbackHandled = pgTable('llm_callback_handled', {
  callbackId: uuid('callback_id')
    .primaryKey()
    .references(() => llmCallbacks.id, { onDelete: 'cascade' }),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  adminUserId: uuid('admin_user_id').notNull(),
  handledAt: timestamp('handled_at', { withTimezone: true }).notNull().defaultNow(),
})

/** One row: the epoch that every feed cursor carries. */
export const llmCallbackFeed = pgTable('llm_callback_feed', {
  onlyRow: boolean('only_row').primaryKey().default(true),
  epoch: uuid('epoch').notNull().defaultRandom(),
})
