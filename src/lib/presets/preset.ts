import type { FieldTree } from '@/lib/json/scan-json'
import type { CallbackStatus } from '@/lib/llm-callbacks/vocabulary'

/** The columns that a preset fills from the payload. */
export type MappedField =
  | 'event'
  | 'jobId'
  | 'workflowName'
  | 'status'
  | 'errorMessage'
  | 'eventTime'
  | 'stepId'
  | 'durationMs'
  | 'tokensTotal'
  | 'costUsd'

/** How one kind of sender signs, and what its fields mean. Data only. */
export type Preset = {
  id: string
  signature: { scheme: 'hmac-sha256-hex'; header: string }
  /** Every member that `fields` or `preview` names. */
  wanted: FieldTree
  /** For each column the paths to look at, joined with `/`; the first that holds a usable value wins. */
  fields: Readonly<Record<MappedField, readonly string[]>>
  /** The member whose text says most to a reader; without it, the whole body. */
  preview: string
  /** Top-level members that a retry sends anew and that are no news. */
  volatile: readonly string[]
  /** Which fields, beside job and event, make up the identity of these events. All other events: their content. */
  identity: Readonly<Record<string, readonly MappedField[]>>
  /** What these events say of their job whatever `status` says. */
  statusByEvent: Readonly<Record<string, CallbackStatus>>
}
