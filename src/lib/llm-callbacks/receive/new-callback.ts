import type { LLMCallbackId } from '../schemas'
import type { CallbackCondition, CallbackStatus, PayloadState } from '../vocabulary'

/** A verified delivery, read and mapped, as it is about to be recorded. Texts fit their columns; times are ISO 8601 UTC. */
export type NewLLMCallback = {
  id: LLMCallbackId
  source: string
  callbackId: string | null
  /** SHA-256 of the identity in hexadecimal, see identityOf(). */
  deliveryKey: string
  /** The delivery key if other content already stands under this identity: SHA-256 of identity and content. */
  variantKey: () => string
  /** SHA-256 of the content in hexadecimal, see digestContent(). */
  contentDigest: string
  variantOf: LLMCallbackId | null
  eventType: string | null
  status: CallbackStatus
  workflowName: string | null
  externalJobId: string | null
  stepId: string | null
  errorMessage: string | null
  eventTime: string | null
  durationMs: number | null
  tokensTotal: number | null
  /** Decimal digits as sent, in USD. */
  costUsd: string | null
  raw: Uint8Array
  payloadState: PayloadState
  payloadPreview: string
  conditions: CallbackCondition[]
  signatureHeader: string | null
  signatureScheme: string | null
  secretId: string | null
  verifiedAt: string
}
