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
  const y = Number(year)
  const d = Number(day)
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  if (y === 0 || !isTime || Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return null
  const local = new Date(Date.UTC(y, Number(month) - 1, d, Number(hour), Number(minute), Number(second)))
  // To Date.UTC the year 99 is 1999.
  if (y < 100) local.setUTCFullYear(y)
  // An impossible month, or day (31 February), rolls over instead of failing.
  if (local.getUTCMonth() !== Number(month) - 1 || local.getUTCDate() !== d) return null
  const offsetMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000
  const utc = new Date(local.getTime() - (sign === '-' ? -offsetMs : offsetMs))
  const utcYear = utc.getUTCFullYear()
  if (utcYear < 1 || utcYear > 9999) return null
  return `${utc.toISOString().slice(0, 19)}.${fraction.padEnd(6, '0').slice(0, 6)}Z`
}
