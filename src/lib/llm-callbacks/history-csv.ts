import { type CsvValue, csvCell } from '@/lib/http/csv-cell'
import type { ViewedLLMCallbackSummary } from './schemas'

type Column = { name: string; value: (item: ViewedLLMCallbackSummary) => CsvValue; isNumber?: boolean }

const columns: Column[] = [
  { name: 'id', value: (item) => item.id },
  { name: 'received_at', value: (item) => item.createdAt },
  { name: 'source', value: (item) => item.source },
  { name: 'event', value: (item) => item.eventType },
  { name: 'status', value: (item) => item.status },
  { name: 'workflow', value: (item) => item.workflowName },
  { name: 'job', value: (item) => item.externalJobId },
  { name: 'step', value: (item) => item.stepId },
  { name: 'error', value: (item) => item.errorMessage },
  { name: 'duration_ms', value: (item) => item.durationMs, isNumber: true },
  { name: 'tokens', value: (item) => item.tokensTotal, isNumber: true },
  { name: 'cost_usd', value: (item) => item.costUsd, isNumber: true },
  { name: 'event_time', value: (item) => item.eventTime },
  { name: 'payload_bytes', value: (item) => item.payloadBytes, isNumber: true },
  { name: 'payload_preview', value: (item) => item.payloadPreview },
  { name: 'conditions', value: (item) => item.conditions.join(' ') },
  { name: 'deliveries', value: (item) => item.deliveryCount, isNumber: true },
  { name: 'variant_of', value: (item) => item.variantOf },
  { name: 'viewed', value: (item) => item.viewed },
]

/** A page of the history as CSV with a header record (RFC 4180), newest first. */
export function historyCsv(items: readonly ViewedLLMCallbackSummary[]): string {
  const header = columns.map(({ name }) => csvCell(name))
  const records = items.map((item) => columns.map(({ value, isNumber }) => csvCell(value(item), { isNumber })))
  return [header, ...records].map((cells) => `${cells.join(',')}\r\n`).join('')
}
