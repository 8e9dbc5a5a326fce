import { networkOf } from '../http/network-of'
import { samplePath } from './sample-path'
import type { RejectionReason } from './schemas'

/** One rejected delivery, as the receive path knows it. */
export type RejectedDelivery = {
  /** '' where the path names no source of ours. */
  source: string
  reason: RejectionReason
  /** The sender's address, '' where it is unknown. */
  address: string
  /** As in the request line. */
  target: string
  /** Declared or read; null when neither. */
  bodyBytes: number | null
  at: Date
}

type Key = { source: string; reason: RejectionReason; prefix: string }
/** How often one key was seen in one period. Times are milliseconds since 1970. */
export type TallyCount = Key & { periodStart: number; count: number; lastSeenAt: number }
export type TallySample = Key & { rejectedAt: number; path: string; bodyBytes: number | null }
export type TallyBatch = { counts: TallyCount[]; samples: TallySample[] }

/** Stands for every network that is not named: the address is unknown, or there are too many. */
export const otherPrefix = 'other'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Keys with a prefix that are held at once; what comes beyond is counted under the prefix 'other'. */
export const namedKeysMax = 1_000
const samplesMax = 20
/** So that a flood of one kind does not push out the examples of another. */
const samplesOfKindMax = 2

/**
 * Counts in memory, in constant time and bounded space: at most 1,000 keys with a prefix, beside one 'other' for each hour,
 * source and reason (sources are ours, so these are few), and 20 samples.
 */
export function createTally() {
  let counts = new Map<string, TallyCount>()
  let namedKeys = 0
  let samples: TallySample[] = []
  let samplesOfKind = new Map<string, number>()

  function count(added: TallyCount): void {
    const isNamed = added.prefix !== otherPrefix && (namedKeys < namedKeysMax || counts.has(keyOf(added)))
    const hourStart = added.periodStart - (added.periodStart % hourMs)
    const counted = isNamed ? added : { ...added, prefix: otherPrefix, periodStart: hourStart }
    const key = keyOf(counted)
    const known = counts.get(key)
    if (known) {
      known.count += counted.count
      known.lastSeenAt = Math.max(known.lastSeenAt, counted.lastSeenAt)
      return
    }
    counts.set(key, { ...counted })
    if (isNamed) namedKeys += 1
  }

  return {
    add({ source, reason, address, target, bodyBytes, at }: RejectedDelivery): void {
      const time = at.getTime()
      const prefix = networkOf(address, 24) ?? otherPrefix
      count({ source, reason, prefix, periodStart: time - (time % minuteMs), count: 1, lastSeenAt: time })
      const kind = `${reason} ${source}`
      const seen = samplesOfKind.get(kind) ?? 0
      if (seen === samplesOfKindMax || samples.length === samplesMax) return
      samplesOfKind.set(kind, seen + 1)
      samples.push({ source, reason, prefix, rejectedAt: time, path: samplePath(target), bodyBytes })
    },

    isEmpty: () => counts.size === 0,

    /** Hands out everything and begins anew. */
    take(): TallyBatch {
      const batch = { counts: [...counts.values()], samples }
      counts = new Map()
      samplesOfKind = new Map()
      samples = []
      namedKeys = 0
      return batch
    },

    /** Takes back what could not be written, beside what was counted meanwhile and within the same bounds. */
    putBack(batch: TallyBatch): void {
      for (const added of batch.counts) count(added)
      samples = [...batch.samples, ...samples].slice(-samplesMax)
    },
  }
}

/** The source comes last, for it alone could hold a blank. */
function keyOf({ periodStart, reason, prefix, source }: TallyCount): string {
  return `${periodStart} ${reason} ${prefix} ${source}`
}
