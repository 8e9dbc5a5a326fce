import type { Sent, StoredRow } from './check-round'

/** What a run has come to so far. */
export type FuzzTotals = {
  bodies: number
  bytes: number
  healthy: number
  byStatus: Map<number, number>
  rows: number
  duplicates: number
  variants: number
  byPayloadState: Map<string, number>
}

export function noTotals(): FuzzTotals {
  const counts = { bodies: 0, bytes: 0, healthy: 0, rows: 0, duplicates: 0, variants: 0 }
  return { ...counts, byStatus: new Map(), byPayloadState: new Map() }
}

export function addRound(totals: FuzzTotals, sent: readonly Sent[], rows: readonly StoredRow[]): void {
  for (const { index, delivery, answer, refusals } of sent) {
    totals.bodies += 1
    totals.bytes += delivery.body.length
    if (index === null) totals.healthy += 1
    increment(totals.byStatus, answer.status)
    if (refusals > 0) increment(totals.byStatus, 503, refusals)
  }
  for (const row of rows) {
    totals.rows += 1
    totals.duplicates += row.deliveryCount - 1
    if (row.variantOf) totals.variants += 1
    increment(totals.byPayloadState, row.payloadState)
  }
}

function increment<Key>(counts: Map<Key, number>, key: Key, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}
