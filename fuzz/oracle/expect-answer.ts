import { createHash } from 'node:crypto'
import { bodyBytesMax } from '../arbitraries/large-body'
import { type Delivery, headerOf } from '../delivery'
import { type TopLevelMember, topLevelMembers } from './top-level-members'

export type ExpectedAnswer = {
  status: 200 | 400 | 413 | 415 | 422
  /** Deliveries with the same are one row; null for what is not stored. */
  rowKey: string | null
  /** Deliveries with the same say the same thing, if perhaps with other content; null where content alone decides. */
  identityKey: string | null
  /** As column and answer hold it; null where there is none. */
  callbackId: string | null
}

/**
 * What a signed delivery gets and what makes it one row with another one: written from the design, and with JSON.parse
 * and nothing that receives callbacks.
 */
export function expectAnswer(delivery: Delivery): ExpectedAnswer {
  const { body } = delivery
  if (body.length > bodyBytesMax) return { status: 413, rowKey: null, identityKey: null, callbackId: null }
  const encoding = headerOf(delivery, 'content-encoding').toLowerCase()
  if (!['', 'identity'].includes(encoding)) return quarantined(415, 'encoding', body)
  if (body.length === 0) return quarantined(400, 'empty', body)
  const text = decodeUtf8(body)
  if (text === null) return quarantined(400, 'utf8', body)
  const value = parseJson(text)
  if (value === undefined) return quarantined(400, 'json', body)
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return quarantined(422, 'callback', body)

  const members = topLevelMembers(text)
  const content = digest('content', withoutTimestamp(text, members))
  const event = scalarOf(members, 'event')
  const jobId = scalarOf(members, 'job_id')
  if (event === null || jobId === null) return quarantined(422, 'callback', content)
  const identity = identityOf({ event, jobId, stepId: scalarOf(members, 'step_id') })
  const identityKey = identity && digest('identity', ...identity)
  return {
    status: 200,
    rowKey: digest('row', identityKey ?? digest('content only', jobId, event), content),
    identityKey,
    callbackId: asColumn(jobId),
  }
}

function identityOf({ event, jobId, stepId }: { event: string; jobId: string; stepId: string | null }) {
  if (event === 'workflow.completed' || event === 'workflow.failed') return [jobId, event]
  return event === 'llm.step.completed' && stepId !== null ? [jobId, event, stepId] : null
}

/** Two bodies that can't be read for different reasons are never the same. */
function quarantined(status: 400 | 415 | 422, reason: string, content: Buffer | string): ExpectedAnswer {
  const hash = createHash('sha256').update(content).digest('hex')
  return { status, rowKey: `${reason} ${hash}`, identityKey: null, callbackId: null }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decodeUtf8(body: Buffer): string | null {
  try {
    return decoder.decode(body)
  } catch {
    return null
  }
}

const stringOrPythonWord = /"[^"\\]*(?:\\.[^"\\]*)*"|-?Infinity|NaN/gs

/** Undefined where it is no JSON. The bare words that Python writes count as null. */
function parseJson(text: string): unknown {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text
  try {
    return JSON.parse(json)
  } catch {
    if (!/NaN|Infinity/.test(json)) return undefined
  }
  try {
    return JSON.parse(json.replace(stringOrPythonWord, (word) => (word.startsWith('"') ? word : 'null')))
  } catch {
    return undefined
  }
}

function withoutTimestamp(text: string, members: readonly TopLevelMember[]): string {
  let from = 0
  let rest = ''
  for (const { key, start, end } of members) {
    if (key !== 'timestamp') continue
    rest += text.slice(from, start)
    from = end
  }
  return rest + text.slice(from)
}

/** The last member of this key as text: a string decoded, a number or a boolean as its source; null for anything else. */
function scalarOf(members: readonly TopLevelMember[], wanted: string): string | null {
  const source = members.findLast(({ key }) => key === wanted)?.source ?? ''
  if (source.startsWith('"')) return (JSON.parse(source) as string) || null
  return /^(-?\d.*|true|false)$/s.test(source) ? source : null
}

/** Text columns take 512 code points, no NUL and no half of a surrogate pair. */
function asColumn(text: string): string {
  return Array.from(text.slice(0, 2_000), (point) => (point === '\0' ? '\u2400' : point.toWellFormed()))
    .slice(0, 512)
    .join('')
}

/** JSON writes each half of a surrogate pair as an escape, so that no two texts are one. */
function digest(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64')
}
