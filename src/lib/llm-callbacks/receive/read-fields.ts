import type { JsonScan } from '@/lib/json/scan-json'
import type { FieldRule, MappedField, Preset } from '@/lib/presets/preset'
import { type CallbackStatus, callbackStatuses } from '../vocabulary'
import { ruleText } from './rule-text'

/** Text of each mapped field that is there: decoded strings, and numbers and booleans in the digits they were sent in. */
export type FieldTexts = Partial<Record<MappedField, string>>

const shortTextCodePointsMax = 512

/**
 * Reads the preset's fields out of a scanned body. A member that is null, empty, an object or an array counts as
 * missing, and the next path is tried.
 */
export function readFields(raw: Buffer, scan: JsonScan, preset: Preset): FieldTexts {
  const texts: FieldTexts = {}
  const member = (path: string) => memberText(raw, scan, path)
  for (const field in preset.fields) {
    const text = firstText(preset.fields[field as MappedField] ?? [], member)
    if (text !== null) texts[field as MappedField] = text
  }
  return texts
}

function firstText(rules: readonly FieldRule[], member: (path: string) => string | null): string | null {
  for (const rule of rules) {
    const text = ruleText(rule, member)
    if (text !== null) return text
  }
  return null
}

/** The text of a member that is a string, a number or a boolean; null where it is missing or anything else. */
export function memberText(raw: Buffer, scan: JsonScan, path: string): string | null {
  const span = scan.fields.get(path)
  return span ? scalarText(raw.toString('utf8', span.start, span.end)) : null
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

/** What the callback says of its job: by its event, else in its own word, else in the word that its event ends with. */
export function statusOf(fields: FieldTexts, preset: Preset): CallbackStatus {
  const { event = '', status } = fields
  const byEvent = own(preset.statusByEvent, event)
  if (byEvent) return byEvent
  return statusWord(status ?? event.slice(event.lastIndexOf('.') + 1), preset) ?? 'unknown'
}

function statusWord(word: string, preset: Preset): CallbackStatus | undefined {
  return own(preset.statusWords, word.toLowerCase()) ?? callbackStatuses.find((status) => status === word)
}

function own<Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined
}
