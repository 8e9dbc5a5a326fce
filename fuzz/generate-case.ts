import fc from 'fast-check'
import { fuzzCase } from './arbitraries/fuzz-case'
import type { FuzzCase } from './delivery'

/** Cases are drawn in chunks: starting fast-check's generator costs as much as several cases. */
const chunkCases = 100

/** All cases of a seed from one index on, without an end. The same seed and index is the same case for ever. */
export function* generateCases(seed: number, fromIndex = 0): Generator<{ index: number; fuzzCase: FuzzCase }> {
  for (let chunk = Math.floor(fromIndex / chunkCases); ; chunk++) {
    const cases = fc.sample(fuzzCase, { seed: chunkSeed(seed, chunk), numRuns: chunkCases })
    for (const [place, drawn] of cases.entries()) {
      const index = chunk * chunkCases + place
      if (index >= fromIndex) yield { index, fuzzCase: drawn }
    }
  }
}

/** The case of one index. */
export function drawCase(seed: number, index: number): FuzzCase {
  for (const { fuzzCase } of generateCases(seed, index)) return fuzzCase
  throw new Error('cases never end')
}

/**
 * Makes a failing case smaller, as long as it goes on failing.
 * @param fails sends the case and says whether something is wrong with the answers or with what is stored.
 * @returns the smallest failing one found in the time; null when the case does not fail (any more).
 */
export async function shrinkCase(
  { seed, index, patienceMs }: { seed: number; index: number; patienceMs: number },
  fails: (fuzzCase: FuzzCase) => Promise<boolean>,
): Promise<FuzzCase | null> {
  let smallest: FuzzCase | null = null
  const property = fc.asyncProperty(fuzzCase, async (candidate) => {
    const failed = await fails(candidate)
    if (failed) smallest = candidate
    return !failed
  })
  await fc.check(property, {
    seed: chunkSeed(seed, Math.floor(index / chunkCases)),
    path: String(index % chunkCases),
    numRuns: 1,
    interruptAfterTimeLimit: patienceMs,
  })
  return smallest
}

/** Spreads seed and chunk over 32 bits, so that neighbouring seeds share no chunk. */
function chunkSeed(seed: number, chunk: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(chunk + 1, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) | 0
}
