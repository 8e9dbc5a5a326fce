/**
 * SQL that makes the jsonb view of a body: of all its bytes but a byte order mark.
 * @param raw SQL for the body, a bytea that jsonb can hold
 */
export function jsonbViewOf(raw: string): string {
  return `convert_from(case when substring(${raw} for 3) = '\\xefbbbf' then substring(${raw} from 4) else ${raw} end, 'UTF8')::jsonb`
}
