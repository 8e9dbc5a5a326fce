import type { Database } from '@/db/client'
import type { Entry, Ledger } from './ledger'
import { bodyOf, numberIn } from './messages'
import type { Sightings } from './sightings'

/** What the comparison found. Each list holds sentences for a person; an empty audit has none in any. */
export type Audit = {
  stored: number
  lost: string[]
  doubled: string[]
  changed: string[]
  missedByCursor: number
  missedByStream: number
  repeated: number
}

type Row = {
  id: string
  seq: string
  raw: Buffer
  callback_id: string | null
  event_type: string | null
  step_id: string | null
  payload_state: string
  variant_of: string | null
  delivery_count: number
}

const pageRows = 2_000

// Index: llm_callbacks_seq_key upwards.
const pageSql = `
select id, seq, raw, callback_id, event_type, step_id, payload_state, variant_of, delivery_count
from llm_callbacks where seq > $1 order by seq limit ${pageRows}`

/**
 * Compares what the senders were told with what the database holds, byte for byte, and what it holds with what the readers
 * were shown. Lost: acknowledged and not there. Doubled: there twice, or acknowledged under two ids. Changed: other bytes than
 * any attempt had, another place in its job, or a row that nobody sent.
 */
export async function audit(input: {
  db: Database
  ledger: Ledger
  byCursor: Sightings
  byStream: Sightings
}): Promise<Audit> {
  const { db, ledger, byCursor, byStream } = input
  const found: Audit = {
    stored: 0,
    lost: [],
    doubled: [],
    changed: [],
    missedByCursor: 0,
    missedByStream: 0,
    repeated: byCursor.repeated + byStream.repeated + byCursor.outOfOrder + byStream.outOfOrder,
  }
  const rowOfNumber = new Map<number, { id: string; variantOf: string | null }>()
  for await (const row of allRows(db)) {
    found.stored += 1
    if (!byCursor.has(row.id)) found.missedByCursor += 1
    if (!byStream.has(row.id)) found.missedByStream += 1
    const number = numberIn(row.raw)
    const entry = number === null ? undefined : ledger.entries[number]
    if (number === null || !entry) {
      found.changed.push(`row ${row.id} is nobody's: ${row.raw.subarray(0, 80).toString('latin1')}`)
      continue
    }
    const other = rowOfNumber.get(number)
    if (other) found.doubled.push(`message ${number} is stored as ${other.id} and as ${row.id}`)
    else rowOfNumber.set(number, { id: row.id, variantOf: row.variant_of })
    const difference = differenceOf(row, entry)
    if (difference) found.changed.push(`row ${row.id} of message ${number}: ${difference}`)
  }
  for (const entry of ledger.entries) if (entry) checkAnswers(entry, rowOfNumber, found)
  checkVariants(ledger, rowOfNumber, found)
  return found
}

async function* allRows(db: Database): AsyncGenerator<Row> {
  let after = '0'
  for (;;) {
    const { rows } = await db.$client.query<Row>(pageSql, [after])
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last.seq
  }
}

function differenceOf(row: Row, { message, attempts }: Entry): string | null {
  const isSent = Array.from({ length: attempts }, (_, attempt) => attempt).some((attempt) =>
    bodyOf(message, attempt).equals(row.raw),
  )
  if (!isSent) return 'its bytes are none that were sent'
  const isReadable = message.kind !== 'unreadable'
  const states = { unreadable: 'quarantined', nul: 'raw_only' } as Partial<Record<string, string>>
  if (row.payload_state !== (states[message.kind] ?? 'stored')) return `its state is ${row.payload_state}`
  if (row.callback_id !== (isReadable ? message.jobId : null)) return `its job is ${row.callback_id}`
  if (row.event_type !== (isReadable ? message.event : null)) return `its event is ${row.event_type}`
  if (row.step_id !== message.stepId) return `its step is ${row.step_id}`
  if (row.delivery_count > attempts) return `${row.delivery_count} deliveries were counted of ${attempts}`
  return null
}

function checkAnswers(entry: Entry, rowOfNumber: Map<number, { id: string }>, found: Audit): void {
  const { message, acknowledgements } = entry
  const [first, ...later] = acknowledgements
  if (!first) return
  const stored = rowOfNumber.get(message.number)
  if (stored?.id !== first.id)
    found.lost.push(
      `message ${message.number} was acknowledged as ${first.id} and is ${stored ? stored.id : 'not there'}`,
    )
  for (const answer of later) {
    if (answer.id !== first.id)
      found.doubled.push(`message ${message.number} was acknowledged as ${first.id} and as ${answer.id}`)
    else if (answer.duplicate === false) found.doubled.push(`message ${message.number} was acknowledged as new twice`)
  }
  if (first.duplicate === true && first.attempt === 0)
    found.changed.push(`message ${message.number} was called a duplicate at its first delivery`)
}

/** Of the stored messages of one identity exactly one is no variant, and the others are variants of that one. */
function checkVariants(
  ledger: Ledger,
  rowOfNumber: Map<number, { id: string; variantOf: string | null }>,
  found: Audit,
): void {
  const firstOf = new Map<string, string>()
  const stored = ledger.entries.flatMap((entry) => {
    const row = entry && rowOfNumber.get(entry.message.number)
    return row ? [{ ...row, identity: entry.message.identity }] : []
  })
  for (const row of stored) {
    if (row.variantOf !== null) continue
    if (firstOf.has(row.identity))
      found.doubled.push(`${row.identity} has two firsts: ${row.id}, ${firstOf.get(row.identity)}`)
    firstOf.set(row.identity, row.id)
  }
  for (const row of stored) {
    if (row.variantOf !== null && row.variantOf !== firstOf.get(row.identity))
      found.changed.push(`row ${row.id} is a variant of ${row.variantOf}, which is not the first of ${row.identity}`)
  }
}
