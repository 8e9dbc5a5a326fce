import { fillSearch } from '../llm-callbacks/search/fill-search'
import { rollUp } from '../overview/roll-up'
import type { Consumer } from './consumer'

/** Everybody whose tables are kept up with the feed. Each table stands in `rebuiltTables` too. */
export const consumers: readonly Consumer[] = [fillSearch, rollUp]
