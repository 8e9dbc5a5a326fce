import { AppError } from '@/lib/http/app-error'
import { type LLMCallbackId, llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'

/**
 * The id in a path. One that is no uuid names nothing either, so it fails like an unknown one.
 * @throws AppError `not_found`
 */
export async function parseCallbackId(params: Promise<{ id: string }>): Promise<LLMCallbackId> {
  const { id } = await params
  const parsed = llmCallbackIdSchema.safeParse(id)
  if (!parsed.success) throw callbackNotFound()
  return parsed.data
}

export function callbackNotFound(): AppError {
  return new AppError('not_found', 'No callback has this id')
}
