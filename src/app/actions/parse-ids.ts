import { AppError } from '@/lib/http/app-error'
import { type LLMCallbackId, llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'

/**
 * The ids that a browser sent to an action, each once. One that is no uuid names nothing, like an unknown one, and is left out.
 * @throws AppError `invalid_request` where it is no list, or a longer one than `idsMax`: then nothing is to be done.
 */
export function parseIds(ids: unknown, idsMax: number): LLMCallbackId[] {
  if (!Array.isArray(ids) || ids.length > idsMax) {
    throw new AppError('invalid_request', `ids: must be a list of at most ${idsMax}`)
  }
  return [...new Set(ids)].flatMap((id) => llmCallbackIdSchema.safeParse(id).data ?? [])
}
