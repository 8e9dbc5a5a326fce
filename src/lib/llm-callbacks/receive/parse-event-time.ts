// ISO 8601 as senders really write it: a blank for the T, six digits of a second, an offset and a Z ("+00:00Z").
const pattern =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([+-])(\d{2}):?(\d{2})[Zz]?|[Zz])?$/

/**
 * Reads the time that a sender gave. A time without offset is taken as UTC.
 * @returns it in UTC with microseconds (`2025-12-20T10:30:00.123456Z`, PostgreSQL's resolution), or null where it is no
 * time: PostgreSQL itself would take words like "now" and "infinity".
 */
export function parseEventTime(text: string): string | null {
  const match = pattern.exec(text.trim())
  if (!match) return null
  const [, year, month, day, hour, minute, second = '0', fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] =
    match
  const parts = [year, month, day, hour, minute, second].map(Number)
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts
  if (y === 0 || h > 23 || mi > 59 || s > 59 || Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return null
  const local = new Date(0)
  local.setUTCFullYear(y, mo - 1, d)
  // An impossible day (31 February) rolls over instead of failing.
  if (local.getUTCMonth() !== mo - 1 || local.getUTCDate() !== d) return null
  local.setUTCHours(h, mi, s)
  const offsetMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000
  const utc = new Date(local.getTime() - (sign === '-' ? -offsetMs : offsetMs))
  const utcYear = utc.getUTCFullYear()
  if (utcYear < 1 || utcYear > 9999) return null
  return `${utc.toISOString().slice(0, 19)}.${fraction.padEnd(6, '0').slice(0, 6)}Z`
}
