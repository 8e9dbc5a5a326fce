import { eq } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { sourceRevision, sources } from '@/db/schema'
import type { RejectionReason } from '@/lib/rejected-deliveries/schemas'
import type { Finding } from '@/lib/signatures/diagnose'
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
  const state = await stateOfSecrets(db, input)
  for (const { id, reason, delivery } of await listCaptures(db, callboardSecret, slug)) {
    deliveries.push({
      id,
      receivedAt: delivery.receivedAt.toISOString(),
      reason: reason as RejectionReason,
      bodyBytes: delivery.body.length,
      findings: await remembered(`${id} ${state}`, () => diagnoseDelivery(db, { ...input, delivery })),
    })
  }
  const isOn = row.debugUntil !== null && row.debugUntil > now
  return { debugUntil: isOn ? (row.debugUntil?.toISOString() ?? null) : null, deliveries }
}

const findingsMax = 200
const known = new Map<string, Finding[]>()

/** A page asks again every two seconds, and trying everything takes a while: what was found is kept until the secrets are others. */
async function remembered(key: string, find: () => Promise<Finding[]>): Promise<Finding[]> {
  const findings = known.get(key) ?? (await find())
  known.set(key, findings)
  if (known.size > findingsMax) known.delete(known.keys().next().value ?? '')
  return findings
}

/** Names the state of all secrets, without them. */
async function stateOfSecrets(db: Database, { webhookSecrets }: Pick<DoctorInput, 'webhookSecrets'>): Promise<string> {
  const [row] = await db.select({ revision: sourceRevision.revision }).from(sourceRevision)
  return `${row?.revision} ${webhookSecrets.length}`
}
