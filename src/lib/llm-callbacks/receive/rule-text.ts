import type { FieldRule } from '@/lib/presets/preset'
import { parseEventTime } from './parse-event-time'

/**
 * The value that a rule finds, as text in the column's own unit: ISO 8601, milliseconds, US dollars.
 * @param member the text of a member by its path; null where it is missing.
 */
export function ruleText(rule: FieldRule, member: (path: string) => string | null): string | null {
  if (typeof rule === 'string') return member(rule)
  if ('template' in rule) {
    return rule.where !== undefined && member(rule.where) === null ? null : fillTemplate(rule.template, member)
  }
  if ('stem' in rule) return stemOf(member(rule.stem))
  if ('from' in rule) return elapsedMs(member(rule.from), member(rule.to))
  const text = member(rule.path)
  if (text === null || !/^\d+(\.\d+)?$/.test(text)) return null
  if (rule.unit === 'cents') return `${text}e-2`
  if (rule.unit === 's') return String(Number(text) * 1_000)
  return isoTime(Number(text) * (rule.unit === 'unix s' ? 1_000 : 1))
}

function fillTemplate(template: string, member: (path: string) => string | null): string | null {
  let isWhole = true
  const text = template.replace(/\{([^}]+)\}/g, (_, path: string) => {
    const value = member(path)
    isWhole &&= value !== null
    return value ?? ''
  })
  return isWhole ? text : null
}

function stemOf(text: string | null): string | null {
  const end = text?.lastIndexOf('.') ?? -1
  return text !== null && end > 0 ? text.slice(0, end) : null
}

function elapsedMs(from: string | null, to: string | null): string | null {
  const [start, end] = [from, to].map((text) => (text === null ? null : parseEventTime(text)))
  return start && end ? String(Date.parse(end) - Date.parse(start)) : null
}

function isoTime(unixMs: number): string | null {
  const time = new Date(unixMs)
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() > 9999 ? null : time.toISOString()
}
