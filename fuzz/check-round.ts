import { createHash } from 'node:crypto'
import type { Delivery } from './delivery'
import type { HttpAnswer } from './http-connection'
import type { ExpectedAnswer } from './oracle/expect-answer'

/** A delivery that was sent, with its answer. `index` names its case; null for a healthy neighbour. */
export type Sent = {
  index: number | null
  delivery: Delivery
  expected: ExpectedAnswer
  answer: HttpAnswer
  /** How often it was answered 503 before. */
  refusals: number
}

/** A row as PostgreSQL has it. */
export type StoredRow = {
  id: string
  rawSha256: Buffer
  variantOf: string | null
  deliveryCount: number
  callbackId: string | null
  payloadState: string
  hasPayload: boolean
  conditions: string[]
}

/** What is wrong; `sent` is null for what can't be laid to one delivery. */
export type Failure = { sent: Sent | null; message: string }

type Recorded = { id: string; duplicate: boolean | null; callbackId: string | null }
type Group = {
  sent: Sent[]
  recorded: Recorded[]
  /** One of them got a 503 or no answer: it may have been stored and counted without anybody knowing. */
  isUncertain: boolean
}

/** What jsonb can't hold, as the row names it. */
const unstorable = new Set(['nul', 'lone_surrogate', 'non_finite_number', 'number_out_of_range', 'too_deep'])

/** Compares what was sent and answered with what is stored: nothing lost, doubled, changed, or made up. */
export function checkRound(all: readonly Sent[], rows: readonly StoredRow[]): Failure[] {
  const { groups, failures } = groupByRow(all)
  const unclaimed = new Map(rows.map((row) => [row.id, row]))
  const identities = new Map<string, { sent: Sent; row: StoredRow }[]>()
  for (const group of groups) {
    const [sent] = group.sent
    const id = group.recorded[0]?.id
    if (!sent || !id) continue
    // Of two groups that were told of one row, the second finds none.
    const row = unclaimed.get(id)
    unclaimed.delete(id)
    failures.push(...checkGroup(group, row))
    if (!row) continue
    const { identityKey } = sent.expected
    if (identityKey === null && row.variantOf) failures.push({ sent, message: 'is a variant of what it has no tie to' })
    if (identityKey !== null) identities.set(identityKey, [...(identities.get(identityKey) ?? []), { sent, row }])
  }
  for (const same of identities.values()) failures.push(...checkVariants(same))
  // What got no answer, which is a failure already, may be stored all the same.
  if (!all.some(isUnanswered)) {
    for (const { id } of unclaimed.values()) failures.push({ sent: null, message: `row ${id} was answered to nobody` })
  }
  return failures
}

/** The deliveries that are one row by their expectation, and what is wrong with single answers. */
function groupByRow(all: readonly Sent[]): { groups: Iterable<Group>; failures: Failure[] } {
  const failures: Failure[] = []
  const groups = new Map<string, Group>()
  for (const sent of all) {
    const { expected, answer } = sent
    const group = groups.get(expected.rowKey ?? '') ?? { sent: [], recorded: [], isUncertain: false }
    if (expected.rowKey !== null) groups.set(expected.rowKey, group)
    group.isUncertain ||= isUnanswered(sent) || sent.refusals > 0
    if (answer.status !== expected.status) {
      failures.push({ sent, message: `answered ${answer.status || 'nothing'} where ${expected.status} is due` })
      continue
    }
    if (expected.rowKey === null) continue
    const recorded = parseRecorded(answer)
    if (recorded) {
      group.sent.push(sent)
      group.recorded.push(recorded)
    } else failures.push({ sent, message: 'the answer does not say what was recorded' })
  }
  return { groups: groups.values(), failures }
}

function isUnanswered({ answer }: Sent): boolean {
  return answer.status === 0 || answer.status >= 500
}

/** All deliveries of one thing with one content: one row, with the bytes of the one that was stored. */
function checkGroup(group: Group, row: StoredRow | undefined): Failure[] {
  const [sent] = group.sent
  if (!sent) return []
  const messages = row ? [...checkAnswers(group), ...checkRow(group, sent.expected, row)] : checkAnswers(group)
  if (!row) messages.push('is answered but not stored, or shares its row')
  return messages.map((message) => ({ sent, message }))
}

function checkAnswers({ sent, recorded, isUncertain }: Group): string[] {
  const messages: string[] = []
  const ids = new Set(recorded.map(({ id }) => id))
  if (ids.size > 1) messages.push(`is ${ids.size} rows where it is one: ${[...ids].join(', ')}`)
  if (recorded.some(({ callbackId }) => callbackId !== sent[0]?.expected.callbackId)) {
    messages.push('was answered with another callbackId')
  }
  const fresh = recorded.filter(({ duplicate }) => duplicate === false).length
  if (sent[0]?.expected.status === 200 && fresh !== 1 && !isUncertain) {
    messages.push(`of ${recorded.length} deliveries ${fresh} were answered as no duplicate, not 1`)
  }
  return messages
}

function checkRow({ sent, recorded, isUncertain }: Group, expected: ExpectedAnswer, row: StoredRow): string[] {
  const messages = checkPayload(expected, row)
  // The bytes of a duplicate are not kept; those of quarantine may be any of the deliveries', for it does not say which.
  const kept = sent.filter((_, place) => recorded[place]?.duplicate !== true)
  if (!isUncertain && !kept.some(({ delivery }) => sha256(delivery.body).equals(row.rawSha256))) {
    messages.push('is stored with other bytes')
  }
  if (!isUncertain && row.deliveryCount !== sent.length) {
    messages.push(`was delivered ${sent.length} times and counted ${row.deliveryCount}`)
  }
  if (row.callbackId !== expected.callbackId) messages.push('is stored with another callback_id')
  return messages
}

function checkPayload({ status }: ExpectedAnswer, row: StoredRow): string[] {
  const isRemarked = row.conditions.some((condition) => unstorable.has(condition))
  const due = status !== 200 ? 'quarantined' : isRemarked ? 'raw_only' : 'stored'
  // Without a remark the scan took it for storable, and PostgreSQL refused it and with it its whole batch at first.
  if (row.payloadState !== due) return [`its payload is ${row.payloadState} where ${due} is due`]
  return row.hasPayload === (due === 'stored') ? [] : ['its jsonb view does not fit its payload_state']
}

/** Of all contents under one identity the first is the original and the others are its variants. */
function checkVariants(same: readonly { sent: Sent; row: StoredRow }[]): Failure[] {
  const originals = same.filter(({ row }) => row.variantOf === null)
  const [original] = originals
  if (!original || originals.length > 1) {
    return same
      .slice(0, 1)
      .map(({ sent }) => ({ sent, message: `has ${originals.length} originals among ${same.length} contents` }))
  }
  return same
    .filter(({ row }) => row !== original.row && row.variantOf !== original.row.id)
    .map(({ sent }) => ({ sent, message: 'is a variant of another identity' }))
}

/** Null where the answer names no row: those of 200 also say whether it was there before. */
function parseRecorded({ status, text }: HttpAnswer): Recorded | null {
  try {
    const answer = JSON.parse(text) as Partial<Recorded> & { received?: boolean }
    if (typeof answer.id !== 'string') return null
    if (status !== 200) return { id: answer.id, duplicate: null, callbackId: null }
    if (answer.received !== true || typeof answer.duplicate !== 'boolean') return null
    return { id: answer.id, duplicate: answer.duplicate, callbackId: answer.callbackId ?? null }
  } catch {
    return null
  }
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
