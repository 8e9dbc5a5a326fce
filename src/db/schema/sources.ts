import { boolean, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { bytea } from './columns'

/** A sender that is trusted with a secret. */
export const sources = pgTable('sources', {
  slug: text('slug').primaryKey(),
  name: text('name').notNull(),
  preset: text('preset').notNull(),
  enabled: boolean('enabled').notNull().default(true),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
})

/** An id for each secret of a source; the secret itself stays in the environment. */
export const sourceSecrets = pgTable(
  'source_secrets',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    source: text('source')
      .notNull()
      .references(() => sources.slug, { onDelete: 'cascade' }),
    fingerprint: bytea('fingerprint').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [unique().on(table.source, table.fingerprint)],
)
