import { partsOf } from './read-signature'
import type { SignedBytesScheme, SignedTime } from './scheme'

/** Seconds up to the year 5138, or milliseconds: nothing but digits, since Number() would take " 1e9" and "0x10", too. */
const digits = /^\d{1,15}$/

/** The time as the sender wrote it; null where there is none. */
export function signedTimeText(
  scheme: SignedBytesScheme,
  time: SignedTime,
  header: (name: string) => string | null,
): string | null {
  const { from } = time
  if ('header' in from) return header(from.header)
  const part = partsOf(scheme, header(scheme.header) ?? '').find((one) => one.startsWith(from.prefix))
  return part?.slice(from.prefix.length) ?? null
}

/**
 * Whether a delivery was signed within the tolerance around now, bounds included.
 * @returns why not: it is no time at all, or the wrong one.
 */
export function checkTime(text: string, time: SignedTime, now: Date): 'malformed' | 'out_of_time' | null {
  if (!digits.test(text)) return 'malformed'
  // Whole seconds are compared as the senders' own libraries compare them: rounded down on both sides.
  const nowInUnit = time.unit === 's' ? Math.floor(now.getTime() / 1_000) : now.getTime()
  const age = nowInUnit - Number(text)
  const perSecond = time.unit === 's' ? 1 : 1_000
  return age <= time.pastSeconds * perSecond && -age <= time.futureSeconds * perSecond ? null : 'out_of_time'
}
