import { InvalidArgumentError } from 'commander'

/** Parses a whole number of at least 1 from the command line. */
export function readCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('must be a whole number of at least 1')
  return Number(text)
}
