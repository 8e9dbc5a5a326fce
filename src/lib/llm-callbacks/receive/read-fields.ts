import type { JsonScan } from '@/lib/json/scan-json'
import type { MappedField, Preset } from '@/lib/presets/preset'
import { type CallbackStatus, callbackStatuses } from '../vocabulary'

/** Text of each mapped field that is there: decoded strings, and numbers and booleans in the digits they were sent in. */
export type FieldTexts = Partial<Record<MappedField, string>>

const shortTextCodePointsMax = 512

/**
 * Reads the preset's fields out of a scanned body. A member that is null, empty, an object or an array counts as
 * missing, and the next path is tried.
 */
export function readFields(raw: Buffer, scan: JsonScan, preset: Preset): FieldTexts {
  const texts: FieldTexts = {}
  for (const [field, paths] of Object.entries(preset.fields) as [MappedField, readonly string[]][]) {
    for (const path of paths) {
      const span = scan.fields.get(path)
      const text = span ? scalarText(raw.toString('utf8', span.start, span.end)) : null
      if (text === null) continue
      texts[field] = text
      break
    }
  }
  return texts
}

function scalarText(source: string): string | null {
  if (source.startsWith('"')) return JSON.parse(source) || null
  return /^(-?\d|true$|false$)/.test(source) ? source : null
}

/** Makes a sender's text fit a text column: at most 512 code points, NUL as its picture, lone surrogates as U+FFFD. */
export function columnText(text: string | undefined, codePointsMax = shortTextCodePointsMax): string | null {
  if (text === undefined) return null
  const cut =
    text.length > codePointsMax ? [...text.slice(0, codePointsMax * 2)].slice(0, codePointsMax).join('') : text
  return cut.replaceAll('\0', '\u2400').toWellFormed()
}

/** A count or a duration that fits a bigint and a JavaScript number alike; null where the text is none. */
export function wholeNumber(text: string | undefined): number | null {
  const number = text === undefined || text.trim() === '' ? Number.NaN : Math.round(Number(text))
  return Number.isSafeInteger(number) && number >= 0 ? number : null
}

/** An amount in the digits it was sent in (`1.2e-05` included), below a billion; null where the text is none. */
export function decimalText(text: string | undefined): string | null {
  if (text === undefined || text.length > 40 || !/^\d+(\.\d+)?(e[+-]?\d{1,2})?$/i.test(text)) return null
  return Number(text) < 1_000_000_000 ? text : null
}

/** What the callback says of its job. */
export function statusOf(fields: FieldTexts, preset: Preset): CallbackStatus {
  const event = fields.event ?? ''
  const byEvent = Object.hasOwn(preset.statusByEvent, event) ? preset.statusByEvent[event] : undefined
  if (byEvent) return byEvent
  const known = callbackStatuses.find((status) => status === fields.status)
  if (known || fields.status !== undefined) return known ?? 'unknown'
  return callbackStatuses.find((status) => event.endsWith(`.${status}`)) ?? 'unknown'
}
