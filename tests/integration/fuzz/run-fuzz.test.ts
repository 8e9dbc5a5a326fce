import { createHash, randomInt, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewLLMCallback } from '@/lib/llm-callbacks/receive/new-callback'
import { createRecorder, type Recorder } from '@/lib/llm-callbacks/receive/recorder'
import { llmCallbackIdSchema } from '@/lib/llm-callbacks/schemas'
import { describeFailure } from '../../../fuzz/describe'
import { drawCase } from '../../../fuzz/generate-case'
import { runFuzz } from '../../../fuzz/run-fuzz'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { startFrontDoor } from '../../support/front-door'
import { otherWebhookSecret, webhookSecret } from '../../support/webhook-bodies'

const fixedSeed = 20_251_220

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** Fuzzes a front door whose recorder has time: on a busy machine, what is asked is what is stored and not how fast. */
async function fuzz(options: { seed: number; count: number }, plant: (recorder: Recorder) => Recorder = (own) => own) {
  const complaints: string[] = []
  const onError = (error: unknown) => complaints.push(String(error))
  const recorder = createRecorder({ db: database.db, onError, patienceMs: 25_000 })
  const change = plant(recorder)
  const server = await startFrontDoor(database.url, { change: (context) => ({ ...context, recorder: change }) })
  const report = await runFuzz({
    ...options,
    connections: 32,
    target: {
      port: server.port,
      secrets: { first: webhookSecret, other: otherWebhookSecret },
      database: database.db.$client,
      takeComplaints: () => complaints.splice(0),
    },
  })
  await server.stop()
  await recorder.drain()
  const failures = report.failures.map((failure) => describeFailure(failure, options.seed))
  return {
    totals: report.totals,
    failures: [...failures, ...server.logLines.filter((line) => /"level":[56]0/.test(line))],
  }
}

describe('signed bodies of every kind', () => {
  // Another seed in each run finds more, in time; it stands in the title of the test that failed.
  test.each([fixedSeed, randomInt(2 ** 31)])(
    'cases 27, 28, 30, 34, 35, 46, 48 and 49: no 5xx, each kept to the byte, none sinks a neighbour: seed %i',
    async (seed) => {
      const { totals, failures } = await fuzz({ seed, count: 1_500 })
      expect(failures).toEqual([])
      expect(totals).toMatchObject({ bodies: 1_500, healthy: 166 })
      // It means little if what is drawn has become all alike.
      expect([...totals.byStatus.keys()]).toEqual(expect.arrayContaining([200, 400, 415, 422]))
      expect([...totals.byPayloadState.keys()].sort()).toEqual(['quarantined', 'raw_only', 'stored'])
      expect(totals.variants).toBeGreaterThan(20)
      expect(totals.duplicates).toBeGreaterThan(20)
    },
  )

  test('the same seed and index are the same case', () => {
    for (const index of [0, 99, 100, 12_345]) expect(drawCase(fixedSeed, index)).toEqual(drawCase(fixedSeed, index))
    expect(drawCase(fixedSeed, 1)).not.toEqual(drawCase(fixedSeed + 1, 1))
  })
})

/** A recorder that is handed other callbacks than were read. */
const changed =
  (change: (callback: NewLLMCallback) => Partial<NewLLMCallback>) =>
  (recorder: Recorder): Recorder => ({
    ...recorder,
    record: (callback) => recorder.record({ ...callback, ...change(callback) }),
  })

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

describe('the fuzzer can fail', () => {
  test.each<[string, (recorder: Recorder) => Recorder, RegExp]>([
    [
      'the body is decoded and encoded again',
      changed(({ raw }) => ({ raw: Buffer.from(Buffer.from(raw).toString()) })),
      /is stored with other bytes/,
    ],
    [
      'job_id alone is the identity',
      changed(({ callbackId, deliveryKey }) => ({ deliveryKey: callbackId ? sha256(callbackId) : deliveryKey })),
      /is a variant of what it has no tie to|originals among|is a variant of another identity/,
    ],
    [
      'a retry is told by its bytes',
      changed(({ raw }) => ({ contentDigest: sha256(raw), variantKey: () => sha256(raw) })),
      /is 2 rows where it is one/,
    ],
    [
      'jsonb is not guarded from a NUL',
      changed(({ conditions, payloadState, raw }) => ({
        payloadState: conditions.includes('nul') && raw.length % 5 === 0 ? 'stored' : payloadState,
      })),
      /unsupported Unicode escape sequence/,
    ],
    [
      'an answer goes out and the row does not go in',
      (recorder) => ({
        ...recorder,
        record: async (callback) =>
          callback.raw.length % 7 === 0
            ? { id: llmCallbackIdSchema.parse(randomUUID()), callbackId: callback.callbackId, duplicate: false }
            : recorder.record(callback),
      }),
      /is answered but not stored/,
    ],
    [
      'a duplicate is answered as news',
      (recorder) => ({
        ...recorder,
        record: async (callback) => ({ ...(await recorder.record(callback)), duplicate: false }),
      }),
      /answered as no duplicate, not 1/,
    ],
  ])('it is seen when %s', async (_, plant, message) => {
    const { failures } = await fuzz({ seed: fixedSeed, count: 500 }, plant)
    expect(failures.join('\n')).toMatch(message)
  })
})
