import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { type Facet, type FacetField, facetRowsMax, facetValuesMax } from './facet-schemas'

const columns: Record<FacetField, SQL> = {
  workflow: sql`workflow_name`,
  event: sql`event_type`,
  source: sql`source`,
  scheme: sql`signature_scheme`,
}

/** Distinct values that are looked through at most, beside those of the newest callbacks. */
const distinctValuesMax = 2_000

/**
 * The values of one column: those most frequent among the newest callbacks first, then others that are rare or old, by name.
 * `contains` is looked for whatever the case.
 */
export async function listFacet(
  { field, contains }: { field: FacetField; contains?: string },
  db: Database = database(),
): Promise<Facet> {
  const { rows } = await db.execute<Facet['values'][number]>(facetStatement(columns[field], contains))
  return { values: rows.map(({ value, count }) => ({ value, count })) }
}

/**
 * Index: llm_callbacks_seq_key for the newest; the one on (column, seq) for all others, of which each step of the recursion finds
 * the next distinct value at once, however many callbacks have the one before it.
 */
function facetStatement(column: SQL, contains = ''): SQL {
  const next = (after: SQL) => sql`(select min(${column}) from llm_callbacks ${after})`
  return sql`
    with recursive distinct_values as (
      (select ${next(sql``)} as value, 1 as place)
      union all
      select ${next(sql`where ${column} > d.value`)}, d.place + 1
      from distinct_values d where d.value is not null and d.place < ${distinctValuesMax}::int
    ), recent as (
      select ${column} as value, count(*)::int as count
      from (select ${column} from llm_callbacks order by seq desc limit ${facetRowsMax}) newest group by 1
    ), named as (
      select ${contains} as value where exists (select from llm_callbacks where ${column} = ${contains})
    )
    select value, coalesce(recent.count, 0) as count
    from (select value from distinct_values union select value from recent union select value from named) known
    left join recent using (value)
    where value is not null and strpos(lower(value), lower(${contains})) > 0
    order by coalesce(recent.count, 0) desc, value limit ${facetValuesMax}`
}
