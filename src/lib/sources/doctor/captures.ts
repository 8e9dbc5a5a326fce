import { randomUUID } from 'node:crypto'
import { desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '@/db/client'
import { rejectedDeliveryCaptures } from '@/db/schema'
import type { RefusedDelivery } from '@/lib/llm-callbacks/receive/receive-callback'
import { openSecret, sealSecret } from '../seal'

const capturesMax = 20
const bodyBytesMax = 256 * 1024
/** What says nothing of a signature, and may be somebody's. */
const leftOutHeaders = new Set(['cookie', 'x-forwarded-for', 'forwarded'])

const capturedSchema = z.object({
  target: z.string(),
  headers: z.record(z.string(), z.string()),
  /** Base64. */
  body: z.string(),
})

/** A refused delivery as it is kept: what the doctor looks at. */
export type CapturedDelivery = {
  target: string
  headers: Readonly<Record<string, string>>
  body: Buffer
  receivedAt: Date
}

/**
 * Index: rejected_delivery_captures_source_received_at_idx. Two at once may be one too many; never many. Whether the source is still
 * debugged is asked here once more: a replica notices the end a moment later.
 */
const insertSql = `
insert into rejected_delivery_captures (id, source, received_at, reason, sealed)
select $1, $2, $3, $4, $5
where (select count(*) from rejected_delivery_captures where source = $2) < ${capturesMax}
  and exists (select from sources where slug = $2 and debug_until > now())`

type CaptureOptions = { db: Database; callboardSecret: string; onError: (error: unknown) => void }

/**
 * Makes what keeps refused deliveries, sealed: 20 of a source while it is debugged, and none whose body is longer than 256 KB. It counts
 * by itself, so that a flood of forged ones costs no more than that.
 */
export function createCapture({ db, callboardSecret, onError }: CaptureOptions): (refused: RefusedDelivery) => void {
  const counts = new Map<string, { debugUntil: number; captured: number }>()
  return (refused) => {
    const debugUntil = refused.debugUntil.getTime()
    const known = counts.get(refused.source)
    const captured = known?.debugUntil === debugUntil ? known.captured : 0
    if (captured >= capturesMax || refused.body.length > bodyBytesMax) return
    counts.set(refused.source, { debugUntil, captured: captured + 1 })
    keep(db, callboardSecret, refused).catch(onError)
  }
}

async function keep(db: Database, callboardSecret: string, refused: RefusedDelivery): Promise<void> {
  const { source, reason, request, body, receivedAt } = refused
  const names = request.headerNames().filter((name) => !leftOutHeaders.has(name))
  const headers = Object.fromEntries(names.map((name) => [name, request.header(name) ?? '']))
  const captured = { target: request.target, headers, body: body.toString('base64') }
  const id = randomUUID()
  const sealed = sealSecret(JSON.stringify(captured), { callboardSecret, source, secretId: id })
  await db.$client.query(insertSql, [id, source, receivedAt, reason, sealed])
}

/** The refused deliveries that are kept of a source, newest first; those that can't be opened are left out. */
export async function listCaptures(db: Database, callboardSecret: string, source: string) {
  const rows = await db
    .select()
    .from(rejectedDeliveryCaptures)
    .where(eq(rejectedDeliveryCaptures.source, source))
    .orderBy(desc(rejectedDeliveryCaptures.receivedAt))
  return rows.flatMap(({ id, reason, receivedAt, sealed }) => {
    const text = openSecret(sealed, { callboardSecret, source, secretId: id })
    if (text === null) return []
    const { target, headers, body } = capturedSchema.parse(JSON.parse(text))
    const delivery: CapturedDelivery = { target, headers, body: Buffer.from(body, 'base64'), receivedAt }
    return [{ id, reason, delivery }]
  })
}

/** Deletes those of a source. What nobody deletes so is gone after a day, with what else is kept of rejected deliveries. */
export async function clearCaptures(db: Database, source: string): Promise<void> {
  await db.delete(rejectedDeliveryCaptures).where(eq(rejectedDeliveryCaptures.source, source))
}
