import type { z } from 'zod'
import { AppError } from './app-error'
import { parseInput } from './parse-input'

/**
 * Parses the query of a URL. A parameter that stands there twice is refused, since one of the two would be ignored.
 * @throws AppError `invalid_request`
 */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, url: string): z.output<Schema> {
  const { searchParams } = new URL(url)
  const repeated = [...searchParams.keys()].find((name) => searchParams.getAll(name).length > 1)
  if (repeated !== undefined) throw new AppError('invalid_request', `${repeated}: given more than once`)
  return parseInput(schema, Object.fromEntries(searchParams))
}
