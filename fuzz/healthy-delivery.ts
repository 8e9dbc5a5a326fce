import { plainEnvelope } from './arbitraries/envelope'
import type { Delivery } from './delivery'

/** A callback as the real sender makes it, with nothing about it that could be refused. Each number is a job of its own. */
export function healthyDelivery(number: number): Delivery {
  const body =
    `{"duration_ms":187000,"event":"workflow.completed","job_id":"healthy-${number}","result":{"city":"Z\\u00fcrich","score":0.5},` +
    `"status":"completed","timestamp":"2025-12-20T10:30:00.123456+00:00Z","workflow_name":"emergency_contacts"}`
  return { ...plainEnvelope, body: Buffer.from(body) }
}
