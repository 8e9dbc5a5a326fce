import { visibleText } from '@/lib/text/visible-text'

const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/**
 * How long ago: `now`, `42 s`, `5 min`, `3 h`, `2 d`, and from a week on the day itself, with its year if that is another.
 * A time still to come begins with `in`.
 *
 * @param timeZone of the reader; the day is told in it
 */
export function formatRelativeTime(time: Date, now: Date, timeZone?: string): string {
  const ageMs = now.getTime() - time.getTime()
  const distanceMs = Math.abs(ageMs)
  if (distanceMs < 10 * secondMs) return 'now'
  if (distanceMs >= 7 * dayMs) return formatDay(time, now, timeZone)
  const inPast = formatDistance(distanceMs)
  return ageMs < 0 ? `in ${inPast}` : inPast
}

function formatDistance(ms: number): string {
  if (ms < minuteMs) return `${Math.floor(ms / secondMs)} s`
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`
  if (ms < dayMs) return `${Math.floor(ms / hourMs)} h`
  return `${Math.floor(ms / dayMs)} d`
}

function formatDay(time: Date, now: Date, timeZone?: string): string {
  const yearOf = (date: Date) => date.toLocaleDateString('en-GB', { year: 'numeric', timeZone })
  const year = yearOf(time) === yearOf(now) ? undefined : 'numeric'
  return time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year, timeZone }).replace('Sept', 'Sep')
}

/** `13:52:07` today, else `23 Nov 13:52:07`, and in another year `23 Nov 2025 13:52:07`. */
export function formatTimeOfDay(time: Date, now: Date, timeZone?: string): string {
  const clock = time.toLocaleTimeString('en-GB', { timeZone })
  const dayOf = (date: Date) => date.toLocaleDateString('en-GB', { timeZone })
  return dayOf(time) === dayOf(now) ? clock : `${formatDay(time, now, timeZone)} ${clock}`
}

/** To the millisecond with its offset from UTC, in the zone of this machine: `2026-11-23 13:52:07.318 +01:00`. */
export function formatExactTime(time: Date): string {
  const offsetMinutes = -time.getTimezoneOffset()
  const local = new Date(time.getTime() + offsetMinutes * minuteMs).toISOString()
  const sign = offsetMinutes < 0 ? '-' : '+'
  const offset = new Date(Math.abs(offsetMinutes) * minuteMs).toISOString().slice(11, 16)
  return `${local.slice(0, 10)} ${local.slice(11, 23)} ${sign}${offset}`
}

/** `2026-11-23 12:52:07.318 UTC` */
export function formatUtcTime(time: Date): string {
  const utc = time.toISOString()
  return `${utc.slice(0, 10)} ${utc.slice(11, 23)} UTC`
}

/** `840 ms`, `4.2 s`, `3 m 07 s`, `1 h 12 m`. Rounds before it chooses the unit, so that no `60.0 s` comes out. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `−${formatDuration(-ms)}`
  if (Math.round(ms) < secondMs) return `${Math.round(ms)} ms`
  if (Math.round(ms / 100) < 600) return `${(Math.round(ms / 100) / 10).toFixed(1)} s`
  const seconds = Math.round(ms / secondMs)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`
  const minutes = Math.round(ms / minuteMs)
  return `${formatCount(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} m`
}

/** `18,204` */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US', { maximumFractionDigits: 0 })
}

/**
 * US dollars: `$0`, `<$0.0001`, four decimals under one dollar, two from there on.
 *
 * @param decimal as PostgreSQL's numeric writes it; formatted as a decimal, never as a float
 */
export function formatCost(decimal: string): string {
  const size = Math.abs(Number(decimal))
  if (Number.isNaN(size)) return visibleText(decimal)
  if (size === 0) return '$0'
  if (size < 0.0001) return decimal.startsWith('-') ? '>−$0.0001' : '<$0.0001'
  const decimals = size < 0.99995 ? 4 : 2
  const digits = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  const amount = digits.format(decimal.replace(/^-/, '') as Intl.StringNumericLiteral)
  return `${decimal.startsWith('-') ? '−' : ''}$${amount}`
}

/** `812 B`, `14.2 kB`, `1.0 MB`: decimal units. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  if (bytes < 999_950) return `${(bytes / 1_000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** The first 8 characters, control characters made visible. */
export function formatId(id: string): string {
  return visibleText([...id.slice(0, 16)].slice(0, 8).join(''))
}

/** At most `charactersMax` characters, the middle left out: what a sender calls things differs at both ends. */
export function cutMiddle(text: string, charactersMax = 32): string {
  const characters = [...text]
  if (characters.length <= charactersMax) return text
  const kept = charactersMax - 1
  return `${characters.slice(0, Math.ceil(kept / 2)).join('')}…${characters.slice(-Math.floor(kept / 2)).join('')}`
}
