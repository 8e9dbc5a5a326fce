import type { Ask } from '../support/ask-console'
import { type Percentiles, percentilesOf } from '../support/percentiles'
import type { BenchRequest } from './requests'

/** Asks so many times, one after the other, after 5 times that don't count. */
export async function measureRequest(ask: Ask, { path }: BenchRequest, times: number): Promise<Percentiles> {
  for (let n = 0; n < 5; n++) await ask(path(times + n))
  const latenciesMs: number[] = []
  for (let n = 0; n < times; n++) latenciesMs.push(await ask(path(n)))
  return percentilesOf(latenciesMs)
}
