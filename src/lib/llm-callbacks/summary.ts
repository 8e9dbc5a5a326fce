import { sql } from 'drizzle-orm'
import { isoTime } from '@/db/iso-time'
import { encodeCursor } from './feed/cursor'
import type { LLMCallbackSummary } from './schemas'

/** A summary as the columns below return it; the epoch of its cursor comes from elsewhere in the same statement. */
export type SummaryRow = Omit<LLMCallbackSummary, 'cursor'> & { seq: number }

/**
 * The columns of a summary, of `llm_callbacks as c`. Neither raw nor payload is among them: octet_length() reads the stored
 * size of a bytea without fetching or decompressing it. bigint goes out as float8, which pg hands over as a number.
 */
export const summaryColumns = sql`
  c.id, c.seq::float8 as "seq", c.callback_id as "callbackId", c.source, c.event_type as "eventType", c.status,
  c.workflow_name as "workflowName", c.external_job_id as "externalJobId", c.step_id as "stepId",
  left(c.error_message, 300) as "errorMessage", c.signature_valid as "signatureValid",
  c.payload_state as "payloadState", c.payload_preview as "payloadPreview", octet_length(c.raw) as "payloadBytes",
  c.conditions, c.variant_of as "variantOf", c.delivery_count as "deliveryCount",
  c.duration_ms::float8 as "durationMs", c.tokens_total::float8 as "tokensTotal", c.cost_usd::text as "costUsd",
  ${isoTime(sql`c.event_time`)} as "eventTime", ${isoTime(sql`c.created_at`)} as "createdAt"`

/** A row of `summaryColumns` as a summary. Names each field, so that a column more in the row does not leak out. */
export function toSummary(row: SummaryRow, epoch: string): LLMCallbackSummary {
  return {
    id: row.id,
    cursor: encodeCursor({ epoch, seq: row.seq }),
    callbackId: row.callbackId,
    source: row.source,
    eventType: row.eventType,
    status: row.status,
    workflowName: row.workflowName,
    externalJobId: row.externalJobId,
    stepId: row.stepId,
    errorMessage: row.errorMessage,
    signatureValid: row.signatureValid,
    payloadState: row.payloadState,
    payloadPreview: row.payloadPreview,
    payloadBytes: row.payloadBytes,
    conditions: row.conditions,
    variantOf: row.variantOf,
    deliveryCount: row.deliveryCount,
    durationMs: row.durationMs,
    tokensTotal: row.tokensTotal,
    costUsd: row.costUsd,
    eventTime: row.eventTime,
    createdAt: row.createdAt,
  }
}
