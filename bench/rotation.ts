// What a rotation of secrets costs: 500 callbacks a second on two replicas of one database, a second secret added, and the first revoked.
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createDatabase, type Database } from '@/db/client'
import { addSecret, revokeSecret } from '@/lib/sources/secrets'
import { builtInSlug } from '@/lib/sources/source'
import type { GoodInput, GoodResult } from './senders/good'
import { type BenchCallboard, startBenchCallboard } from './support/callboard'
import { openLane } from './support/lane'
import { percentilesOf } from './support/percentiles'
import { say, writeResult } from './support/report'
import { signedRequest } from './support/requests'
import { startSender } from './support/sender'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '6' } },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const perReplicaPerSecond = 250
const callboardSecret = 'a secret of Callboard’s own, for measurements'
/** What a revocation may take to be felt everywhere. */
const revokedWithinMsMax = 1_000

const newSecret = async (db: Database) => {
  const { id, made } = await addSecret(db, callboardSecret, { source: builtInSlug })
  return { id, secret: made ?? '' }
}

async function send(replicas: readonly BenchCallboard[], secret: string): Promise<Record<number, number>> {
  const senders = await Promise.all(
    replicas.map(({ port }) =>
      startSender<GoodInput, GoodResult>({
        name: 'good',
        input: { port, secret, perSecond: perReplicaPerSecond, seconds },
      }),
    ),
  )
  const statuses: Record<number, number> = {}
  for (const result of await Promise.all(senders.map((sender) => sender.run()))) {
    for (const [status, count] of Object.entries(result.statuses)) {
      statuses[Number(status)] = (statuses[Number(status)] ?? 0) + count
    }
  }
  return statuses
}

/** How long after the revocation the last of the replicas still took something. */
async function untilRefused(replicas: readonly BenchCallboard[], secret: string, from: number): Promise<number> {
  const waits = replicas.map(async ({ port }) => {
    const lane = openLane(port)
    while ((await lane.send(signedRequest(secret))) !== 401) await sleep(5)
    lane.close()
    return performance.now() - from
  })
  return Math.max(...(await Promise.all(waits)))
}

async function rotate(replicas: readonly BenchCallboard[], db: Database) {
  const first = await newSecret(db)
  await sleep(revokedWithinMsMax)
  // The sender goes over to the second while both are live, and the first ends while the second is in use.
  const withFirst = send(replicas, first.secret)
  await sleep((seconds * 1_000) / 2)
  const second = await newSecret(db)
  const statusesOfFirst = await withFirst
  const withSecond = send(replicas, second.secret)
  await sleep((seconds * 1_000) / 2)
  const revokedAt = performance.now()
  await revokeSecret(db, { source: builtInSlug, id: first.id })
  const feltMs = await untilRefused(replicas, first.secret, revokedAt)
  const statusesOfSecond = await withSecond
  await revokeSecret(db, { source: builtInSlug, id: second.id })
  return { feltMs: Math.round(feltMs), statusesOfFirst, statusesOfSecond }
}

const variables = { CALLBOARD_SECRET: callboardSecret }
const first = await startBenchCallboard({ variables })
let replica: BenchCallboard | null = null
const db = createDatabase(first.databaseUrl, { connectionsMax: 1 })
try {
  replica = await startBenchCallboard({ variables: { ...variables, DATABASE_URL: first.databaseUrl } })
  const results = []
  for (let n = 1; n <= rounds; n++) {
    const result = await rotate([first, replica], db)
    results.push(result)
    const { feltMs, statusesOfFirst, statusesOfSecond } = result
    say(
      `round ${n}: revoked after ${feltMs} ms; answers ${JSON.stringify(statusesOfFirst)}, ${JSON.stringify(statusesOfSecond)}`,
    )
  }
  const felt = percentilesOf(results.map(({ feltMs }) => feltMs))
  const refused = results.reduce(
    (sum, { statusesOfFirst, statusesOfSecond }) => sum + (statusesOfFirst[401] ?? 0) + (statusesOfSecond[401] ?? 0),
    0,
  )
  const isMet = felt.max <= revokedWithinMsMax && refused === 0
  say(
    `${isMet ? 'met   ' : 'MISSED'} felt by both replicas after p50 ${felt.p50}, at most ${felt.max} ms (goal ${revokedWithinMsMax}); false 401: ${refused}`,
  )
  await writeResult('rotation', first.databaseUrl, { results, felt })
} finally {
  await db.$client.end()
  await replica?.remove()
  await first.remove()
}
