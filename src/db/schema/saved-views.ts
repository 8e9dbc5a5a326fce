import { pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { authUsers } from './auth'

/** A name that an admin gave to a query string of the callbacks page. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    adminUserId: uuid('admin_user_id')
      .notNull()
      .references(() => authUsers.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    query: text('query').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [unique().on(table.adminUserId, table.name)],
)
