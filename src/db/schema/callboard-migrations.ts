import { pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** One row for each migration that has run, whether the runner or a person ran it. */
export const callboardMigrations = pgTable('callboard_migrations', {
  name: text('name').primaryKey(),
  appliedAt: timestamp('applied_at', { withTimezone: true }).notNull().defaultNow(),
})
