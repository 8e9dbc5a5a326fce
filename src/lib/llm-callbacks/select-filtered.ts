import { type SQL, sql } from 'drizzle-orm'
import { isHandled } from './handled'
import { historyConditions } from './history-conditions'
import type { HistoryFilters } from './history-schemas'
import type { Matching } from './matching'
import { hasViewOf, isViewedBy, readMarkOf } from './viewed'

/** Where rows are looked for: a table with the seq that leads the search, joined with `llm_callbacks as c`. */
type Place = { from: SQL; seq: SQL; where: SQL[] }

/**
 * SQL for the callbacks that match all filters but `q`, as selectMatching() has them. Index: llm_callbacks_seq_key, or the one that `historyConditions` names for a filter, where the planner finds it narrower.
 */
export function selectFiltered({ columns, filters, userId, within, direction = 'older', limit }: Matching): SQL {
  const order = direction === 'older' ? sql`desc` : sql`asc`
  const conditions = historyConditions(filters)
  const selects = placesOf(filters, userId).map(({ from, seq, where }) => {
    const all = [...where, ...conditions, ...(within ? [within.includes(seq)] : [])]
    const clause = all.length > 0 ? sql`where ${sql.join(all, sql` and `)}` : sql``
    return sql`(select ${columns} from ${from} ${clause} order by ${seq} ${order} limit ${limit})`
  })
  const [only] = selects
  if (only && selects.length === 1) return only
  return sql`(select * from (${sql.join(selects, sql` union all `)}) either order by "seq" ${order} limit ${limit})`
}

function placesOf({ viewed, handled }: HistoryFilters, userId: string): Place[] {
  const everywhere: Place = { from: sql`llm_callbacks c`, seq: sql`c.seq`, where: [] }
  if (viewed === true) return withHandled(viewedPlaces(everywhere, userId), handled)
  if (viewed === false) return withHandled(unviewedPlaces(everywhere, userId), handled)
  if (handled === true) {
    // Index: llm_callback_handled_seq_key leads, for what is handled is rare among all.
    return [{ from: sql`llm_callback_handled h join llm_callbacks c on c.seq = h.seq`, seq: sql`h.seq`, where: [] }]
  }
  return withHandled([everywhere], handled)
}

function withHandled(places: Place[], handled: boolean | undefined): Place[] {
  if (handled === undefined) return places
  const condition = handled ? isHandled : sql`not ${isHandled}`
  return places.map((place) => ({ ...place, where: [...place.where, condition] }))
}

/** Index: above the mark llm_callback_views_admin_user_id_seq_key leads, for views are rare there; below it nearly all is viewed. */
function viewedPlaces(everywhere: Place, userId: string): Place[] {
  const mark = readMarkOf(userId)
  return [
    {
      from: sql`llm_callback_views v join llm_callbacks c on c.seq = v.seq`,
      seq: sql`v.seq`,
      where: [sql`v.admin_user_id = ${userId}::uuid and v.seq > ${mark}`],
    },
    { ...everywhere, where: [sql`c.seq <= ${mark}`, isViewedBy(userId)] },
  ]
}

/** Index: llm_callbacks_seq_key down to the mark, and below it the primary key of the exceptions. */
function unviewedPlaces(everywhere: Place, userId: string): Place[] {
  const mark = readMarkOf(userId)
  return [
    { ...everywhere, where: [sql`c.seq > ${mark}`, sql`not ${hasViewOf(userId, sql`c.seq`, mark)}`] },
    {
      from: sql`llm_callback_unviewed e join llm_callbacks c on c.seq = e.seq`,
      seq: sql`e.seq`,
      where: [sql`e.admin_user_id = ${userId}::uuid and e.seq <= ${mark}`, sql`not ${hasViewOf(userId, sql`e.seq`)}`],
    },
  ]
}
