// PostgreSQL's own ceiling: single-row INSERTs of the same row, prepared, by as many clients as asked for.
import pg from 'pg'
import { rowOf } from '../ingest/handwritten'
import { verdict } from '../support/requests'
import type { ClosedResult } from './closed'

export type InsertsInput = {
  connectionString: string
  clients: number
  bodyBytes: number
  /** Inserted before, and not counted. */
  warmUpSeconds: number
  seconds: number
}

const columns = [
  ...['id', 'source', 'delivery_key', 'content_digest', 'event_type', 'status', 'workflow_name', 'external_job_id'],
  ...['event_time', 'raw', 'payload', 'payload_state', 'payload_preview', 'signature_valid', 'signature_header'],
  ...['signature_scheme', 'verified_at'],
]
const text = `insert into llm_callbacks (${columns}) values (${columns.map((_, n) => `$${n + 1}`)})`
const preparedPerSecond = 10_000
const preparedBytesMax = 150_000_000

function valuesOf(bodyBytes: number): unknown[] {
  const row = rowOf(Buffer.from(verdict(bodyBytes)), `sha256=${'5'.repeat(64)}`)
  return [
    ...[row.id, row.source, row.deliveryKey, row.contentDigest, row.eventType, row.status, row.workflowName],
    ...[row.externalJobId, row.eventTime, row.raw, JSON.stringify(row.payload), row.payloadState, row.payloadPreview],
    ...[row.signatureValid, row.signatureHeader, row.signatureScheme, row.verifiedAt],
  ]
}

process.once('message', async ({ connectionString, clients, bodyBytes, warmUpSeconds, seconds }: InsertsInput) => {
  const count = Math.min(preparedPerSecond * (warmUpSeconds + seconds), Math.floor(preparedBytesMax / bodyBytes))
  const prepared = Array.from({ length: count }, () => valuesOf(bodyBytes))
  const connected = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString })
      await client.connect()
      return client
    }),
  )
  const latenciesMs: number[] = []
  let inTime = 0
  process.send?.('ready')
  await new Promise((resolve) => process.once('message', resolve))
  const countsFrom = performance.now() + warmUpSeconds * 1_000
  const endsAt = countsFrom + seconds * 1_000
  await Promise.all(
    connected.map(async (client) => {
      while (performance.now() < endsAt) {
        const sentAt = performance.now()
        await client.query({ name: 'insert', text, values: prepared.pop() ?? valuesOf(bodyBytes) })
        const now = performance.now()
        if (now < countsFrom) continue
        latenciesMs.push(now - sentAt)
        if (now <= endsAt) inTime += 1
      }
    }),
  )
  await Promise.all(connected.map((client) => client.end()))
  const result: ClosedResult = { perSecond: inTime / seconds, latenciesMs, statuses: { 200: latenciesMs.length } }
  process.send?.(result, () => process.exit(0))
})
