import { bigint, boolean, jsonb, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { bytea } from './columns'

const moment = (name: string) => timestamp(name, { withTimezone: true })

/** A sender that is trusted with a secret. */
export const sources = pgTable('sources', {
  slug: text('slug').primaryKey(),
  name: text('name').notNull(),
  preset: text('preset').notNull(),
  enabled: boolean('enabled').notNull().default(true),
  settings: jsonb('settings').notNull().default({}),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
  debugUntil: moment('debug_until'),
  apiKey: bytea('api_key'),
  apiKeySince: moment('api_key_since'),
})

/** The secrets of a source: sealed, or with nothing but a fingerprint where the environment holds them. */
export const sourceSecrets = pgTable(
  'source_secrets',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    source: text('source')
      .notNull()
      .references(() => sources.slug, { onDelete: 'cascade' }),
    fingerprint: bytea('fingerprint').notNull(),
    name: text('name').notNull().default(''),
    hint: text('hint').notNull().default(''),
    sealed: bytea('sealed'),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [unique().on(table.source, table.fingerprint)],
)

/** How often each secret verified a delivery, and when it last did; a second or so behind. */
export const sourceSecretUses = pgTable('source_secret_uses', {
  secretId: uuid('secret_id')
    .primaryKey()
    .references(() => sourceSecrets.id, { onDelete: 'cascade' }),
  uses: bigint('uses', { mode: 'number' }).notNull(),
  lastUsedAt: moment('last_used_at').notNull(),
})

/** One row, counted up by triggers at every change of a source or a secret. */
export const sourceRevision = pgTable('source_revision', {
  isOnly: boolean('is_only').primaryKey().default(true),
  revision: bigint('revision', { mode: 'number' }).notNull(),
})

/** Refused deliveries that are kept, sealed, for the signature doctor. */
export const rejectedDeliveryCaptures = pgTable('rejected_delivery_captures', {
  id: uuid('id').primaryKey(),
  source: text('source')
    .notNull()
    .references(() => sources.slug, { onDelete: 'cascade' }),
  receivedAt: moment('received_at').notNull(),
  reason: text('reason').notNull(),
  sealed: bytea('sealed').notNull(),
})
