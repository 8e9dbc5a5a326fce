import type { Database } from '@/db/client'

const statements = {
  columns: `
    select format('%s.%s %s%s%s', c.table_name, c.column_name, c.data_type,
      case when c.is_nullable = 'NO' then ' not null' else '' end,
      coalesce(' default ' || c.column_default, case when c.is_identity = 'YES' then ' identity' else '' end)) as line
    from information_schema.columns c where c.table_schema = 'public' order by c.table_name, c.ordinal_position`,
  constraints: `
    select format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) as line
    from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n' order by 1`,
  indexes: `select indexdef as line from pg_indexes where schemaname = 'public' order by 1`,
  triggers: `
    select pg_get_triggerdef(t.oid) as line from pg_trigger t
    where not t.tgisinternal and t.tgrelid::regclass::text in (select tablename from pg_tables where schemaname = 'public') order by 1`,
  functions: `
    select pg_get_functiondef(p.oid) as line from pg_proc p where p.pronamespace = 'public'::regnamespace order by 1`,
  'row level security': `
    select format('%s %s', relname, case when relrowsecurity then 'enabled' else 'OFF' end) as line
    from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  policies: `select format('%s %s', tablename, policyname) as line from pg_policies where schemaname = 'public' order by 1`,
}

/** The whole schema as text, from PostgreSQL's own catalogs: the embedded PostgreSQL ships no pg_dump. */
export async function dumpSchema(db: Database): Promise<string> {
  const sections: string[] = []
  for (const [title, statement] of Object.entries(statements)) {
    const { rows } = await db.$client.query<{ line: string }>(statement)
    sections.push(`-- ${title}\n${rows.map((row) => row.line).join('\n')}`)
  }
  return `${sections.join('\n\n')}\n`
}
