import type { Database } from '@/db/client'
import { sourceRevision } from '@/db/schema'
import type { RejectionReason } from '@/lib/rejected-deliveries/schemas'
import type { Finding } from '@/lib/signatures/diagnose'
import { requireSource } from '../require-source'
import type { Diagnosis } from '../schemas'
import { listCaptures } from './captures'
import { createDoctor, type DoctorInput } from './create-doctor'

/**
 * What the doctor says of each refused delivery that was kept of a source, newest first.
 * @throws AppError `not_found`
 */
export async function getDiagnosis(db: Database, input: DoctorInput & { now: Date }): Promise<Diagnosis> {
  const { slug, callboardSecret, now } = input
  const { debugUntil } = await requireSource(db, slug)
  const captures = await listCaptures(db, callboardSecret, slug)
  const state = await stateOfSecrets(db, input)
  const doctor = await createDoctor(db, input)
  return {
    debugUntil: debugUntil !== null && debugUntil > now ? debugUntil.toISOString() : null,
    deliveries: captures.map(({ id, reason, delivery }) => ({
      id,
      receivedAt: delivery.receivedAt.toISOString(),
      reason: reason as RejectionReason,
      bodyBytes: delivery.body.length,
      findings: remembered(`${id} ${state}`, () => doctor(delivery)),
    })),
  }
}

const findingsMax = 200
const known = new Map<string, Finding[]>()

/** A page asks again every two seconds, and trying everything takes a while: what was found is kept until the secrets are others. */
function remembered(key: string, find: () => Finding[]): Finding[] {
  const findings = known.get(key) ?? find()
  known.set(key, findings)
  if (known.size > findingsMax) known.delete(known.keys().next().value ?? '')
  return findings
}

/** Names the state of all secrets, without them. */
async function stateOfSecrets(db: Database, { webhookSecrets }: Pick<DoctorInput, 'webhookSecrets'>): Promise<string> {
  const [row] = await db.select({ revision: sourceRevision.revision }).from(sourceRevision)
  return `${row?.revision} ${webhookSecrets.length}`
}
