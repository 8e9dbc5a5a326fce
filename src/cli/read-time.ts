import { InvalidArgumentError } from 'commander'

/** A time in ISO 8601, for an option. @throws InvalidArgumentError */
export function readTime(text: string): Date {
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('must be a time such as 2026-11-28T12:00:00Z')
  return time
}
