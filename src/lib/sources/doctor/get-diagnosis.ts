import { eq } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { sources } from '@/db/schema'
import type { RejectionReason } from '@/lib/rejected-deliveries/schemas'
import { noSuchSource } from '../change-source'
import type { Diagnosis } from '../schemas'
import { listCaptures } from './captures'
import { type DoctorInput, diagnoseDelivery } from './diagnose-delivery'

/**
 * What the doctor says of each refused delivery that was kept of a source, newest first.
 * @throws AppError `not_found`
 */
export async function getDiagnosis(
  db: Database,
  input: Omit<DoctorInput, 'delivery'> & { now: Date },
): Promise<Diagnosis> {
  const { slug, callboardSecret, now } = input
  const [row] = await db.select({ debugUntil: sources.debugUntil }).from(sources).where(eq(sources.slug, slug))
  if (!row) throw noSuchSource()
  const deliveries: Diagnosis['deliveries'] = []
  for (const { id, reason, delivery } of await listCaptures(db, callboardSecret, slug)) {
    deliveries.push({
      id,
      receivedAt: delivery.receivedAt.toISOString(),
      reason: reason as RejectionReason,
      bodyBytes: delivery.body.length,
      findings: await diagnoseDelivery(db, { ...input, delivery }),
    })
  }
  const isOn = row.debugUntil !== null && row.debugUntil > now
  return { debugUntil: isOn ? (row.debugUntil?.toISOString() ?? null) : null, deliveries }
}
