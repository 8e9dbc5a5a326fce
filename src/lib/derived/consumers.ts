import { fillSearch } from '../llm-callbacks/search/fill-search'
import { rollUp } from '../overview/roll-up'
import { awaitResults } from '../results/await-results'
import type { Consumer } from './consumer'

/** Everybody who is told of each callback. Their tables stand in `rebuiltTables` too, but that of the results: it can't be made again. */
export const consumers: readonly Consumer[] = [fillSearch, rollUp, awaitResults]
