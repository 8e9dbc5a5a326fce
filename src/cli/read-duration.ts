import { InvalidArgumentError } from 'commander'

const unitsMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const
const durationMsMax = 36_500 * unitsMs.d

/** Parses a length of time from the command line, "30d" say, into milliseconds. */
export function readDuration(text: string): number {
  const [, number, unit] = /^([1-9]\d{0,8})([mhdw])$/.exec(text) ?? []
  if (!number || !unit) {
    throw new InvalidArgumentError(
      'must be a whole number and a unit: 90m, 12h, 30d or 8w (minutes, hours, days, weeks)',
    )
  }
  const durationMs = Number(number) * unitsMs[unit as keyof typeof unitsMs]
  if (durationMs > durationMsMax) throw new InvalidArgumentError('must be at most 100 years (36500d)')
  return durationMs
}
