import { fillSearch } from '../llm-callbacks/search/fill-search'
import type { Consumer } from './consumer'

/** Everybody whose tables are kept up with the feed. Each table stands in `rebuiltTables` too. */
export const consumers: readonly Consumer[] = [fillSearch]
