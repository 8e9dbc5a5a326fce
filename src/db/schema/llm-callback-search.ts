import { bigint, pgTable } from 'drizzle-orm/pg-core'
import { tsvector } from './columns'

/** By which words each callback is found, see src/lib/llm-callbacks/search. References llm_callbacks (seq), which is no key to Drizzle. */
export const llmCallbackSearch = pgTable('llm_callback_search', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  words: tsvector('words').notNull(),
})
