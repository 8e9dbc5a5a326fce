import { z } from 'zod'
import { callbackConditions, callbackStatuses, payloadStates } from './vocabulary'

/** `llm_callbacks.id`, ours; never the sender's `job_id`, which looks alike. */
export const llmCallbackIdSchema = z.uuid().brand<'LLMCallbackId'>()
export type LLMCallbackId = z.infer<typeof llmCallbackIdSchema>

/** One callback in a list: everything but the payload. Times are ISO 8601 in UTC, cost is a decimal string in USD. */
export const llmCallbackSummarySchema = z.object({
  id: llmCallbackIdSchema,
  /** Place in the feed, opaque (`epoch.seq`). */
  cursor: z.string(),
  callbackId: z.string().nullable(),
  source: z.string(),
  eventType: z.string().nullable(),
  status: z.enum(callbackStatuses),
  workflowName: z.string().nullable(),
  externalJobId: z.string().nullable(),
  stepId: z.string().nullable(),
  /** At most 300 characters; quarantined: why it could not be read. */
  errorMessage: z.string().nullable(),
  signatureValid: z.boolean(),
  payloadState: z.enum(payloadStates),
  payloadPreview: z.string(),
  payloadBytes: z.number().int(),
  conditions: z.array(z.enum(callbackConditions)),
  variantOf: llmCallbackIdSchema.nullable(),
  deliveryCount: z.number().int(),
  durationMs: z.number().nullable(),
  tokensTotal: z.number().nullable(),
  costUsd: z.string().nullable(),
  eventTime: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
})
export type LLMCallbackSummary = z.infer<typeof llmCallbackSummarySchema>

/** A summary as one admin sees it. */
export const viewedLLMCallbackSummarySchema = llmCallbackSummarySchema.extend({ viewed: z.boolean() })
export type ViewedLLMCallbackSummary = z.infer<typeof viewedLLMCallbackSummarySchema>

/** That the team has dealt with a callback: by whom and when. The name is null once that admin was removed. */
export const handledSchema = z.object({ byName: z.string().nullable(), at: z.iso.datetime() })
