import type { z } from 'zod'
import { AppError } from './app-error'

/**
 * Parses what a caller sent.
 * @throws AppError `invalid_request`, with one entry in `errors` for each thing that is wrong.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map((issue) => ({ name: issue.path.join('.'), message: issue.message }))
  const detail = errors.map(({ name, message }) => (name ? `${name}: ${message}` : message)).join('; ')
  throw new AppError('invalid_request', detail, { members: { errors } })
}
