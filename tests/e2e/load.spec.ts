import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { expect } from '@playwright/test'
import { readRows } from '../support/callback-rows'
import { requestHead } from '../support/raw-socket'
import { hexHmac, senderTime, verdict } from '../support/webhook-bodies'
import { type RunningFrontDoor, startFrontDoor } from './support/front-door'
import { holdInserts } from './support/hold-inserts'
import { deliver, type PostAnswer, postWebhook } from './support/post-webhook'
import { test } from './support/postgres'

/** Far above what the bounds on bodies and requests add up to, and far below what a flood would take without them. */
const grownMiBMax = 300

const running: RunningFrontDoor[] = []
async function start(databaseUrl: string): Promise<RunningFrontDoor> {
  const callboard = await startFrontDoor(databaseUrl)
  running.push(callboard)
  return callboard
}
test.afterEach(async () => {
  await Promise.all(running.splice(0).map((callboard) => callboard.remove()))
})

function residentMiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

/** Runs `work` and tells by how much the process grew at most meanwhile. */
async function growthOf<T>(pid: number, work: () => Promise<T>): Promise<{ result: T; grownMiB: number }> {
  const before = residentMiB(pid)
  let highest = before
  const watch = setInterval(() => {
    highest = Math.max(highest, residentMiB(pid))
  }, 100)
  const result = await work()
  clearInterval(watch)
  return { result, grownMiB: Math.max(highest, residentMiB(pid)) - before }
}

function requestOf(body: Buffer): Buffer {
  const lines = [`X-Webhook-Signature: sha256=${hexHmac(body)}`, `Content-Length: ${body.length}`]
  return Buffer.concat([Buffer.from(requestHead(lines)), body])
}

/** Sends every body as fast as this process can, and waits for no answer before all are sent. */
async function flood(url: string, bodies: readonly Buffer[]): Promise<PostAnswer[]> {
  const answers: Promise<PostAnswer>[] = []
  const waveSize = 250
  for (let start = 0; start < bodies.length; start += waveSize) {
    const wave = bodies.slice(start, start + waveSize)
    await Promise.all(wave.map((body) => new Promise<void>((sent) => answers.push(postWebhook(url, body, sent)))))
  }
  return Promise.all(answers)
}

test('case 57: 10,000 requests at once while nothing can be stored are 503 with Retry-After, and memory stays flat', async ({
  database,
}) => {
  test.setTimeout(120_000)
  const { url, process: callboard } = await start(database.url)
  const bodies = Array.from({ length: 10_000 }, () => verdict())
  // With nothing being stored they pile up, as far as there is room.
  const hold = await holdInserts(database.url)
  const { result: answers, grownMiB } = await growthOf(callboard.pid, () => flood(url, bodies))
  expect(answers.filter(({ status, retryAfter }) => status !== 503 || retryAfter !== '2')).toEqual([])
  expect(grownMiB).toBeLessThan(grownMiBMax)
  await hold.letGo()

  const again = bodies.slice(0, 500)
  await Promise.all(again.map((body) => deliver([url], () => body)))
  const stored = (await readRows(database.db)).map(({ raw }) => raw.toString())
  expect(stored).toHaveLength(new Set(stored).size)
  expect(again.filter((body) => !stored.includes(body.toString()))).toEqual([])
})

test('case 57: of 200 bodies of 1 MiB at once those that were answered 200 are stored to the byte, the rest is 503, and memory stays flat', async ({
  database,
}) => {
  test.setTimeout(120_000)
  const { url, process: callboard } = await start(database.url)
  const large = Array.from({ length: 200 }, () => {
    const empty = verdict({ result: '' })
    return Buffer.from(empty.toString().replace('"result":""', `"result":"${'x'.repeat(1_048_576 - empty.length)}"`))
  })
  const { result, grownMiB } = await growthOf(callboard.pid, () =>
    Promise.all(large.map((body) => postWebhook(url, body).catch(() => null))),
  )
  const acknowledged = large.filter((_, index) => result[index]?.status === 200)
  const refused = result.filter((answer) => answer?.status !== 200)
  expect(acknowledged.length).toBeGreaterThan(0)
  expect(refused.filter((answer) => answer && (answer.status !== 503 || answer.retryAfter !== '2'))).toEqual([])
  const { rows } = await database.db.$client.query<{ digest: string }>(
    "select encode(sha256(raw), 'hex') as digest from llm_callbacks",
  )
  const stored = new Set(rows.map(({ digest }) => digest))
  expect(rows).toHaveLength(stored.size)
  const digestOf = (body: Buffer) => createHash('sha256').update(body).digest('hex')
  expect(acknowledged.filter((body) => !stored.has(digestOf(body)))).toEqual([])
  expect(grownMiB).toBeLessThan(grownMiBMax)
})

test('case 61: two replicas restarted one after the other under load lose nothing and double nothing', async ({
  database,
}) => {
  test.setTimeout(120_000)
  const replicas = [await start(database.url), await start(database.url)]
  const urls = replicas.map(({ url }) => url)
  const acknowledged: string[] = []
  let isOver = false
  const send = async (sender: number) => {
    for (let count = 0; !isOver; count++) {
      const jobId = `job ${count} of sender ${sender}`
      const order = (count + sender) % 2 === 0 ? urls : urls.toReversed()
      await deliver(order, () => verdict({ job_id: jobId, timestamp: senderTime() }))
      acknowledged.push(jobId)
    }
  }
  const sending = Promise.all(Array.from({ length: 20 }, (_, sender) => send(sender)))
  for (const replica of replicas) {
    const sofar = acknowledged.length
    await expect.poll(() => acknowledged.length).toBeGreaterThan(sofar + 100)
    expect(await replica.process.stop()).toBe(0)
    await replica.restart()
  }
  const sofar = acknowledged.length
  await expect.poll(() => acknowledged.length).toBeGreaterThan(sofar + 100)
  isOver = true
  await sending
  const stored = (await readRows(database.db)).map(({ callbackId }) => callbackId)
  expect(stored.toSorted()).toEqual(acknowledged.toSorted())
})

test('connections that say nothing, thousands of them, keep no good callback out (cases 20, 22)', async ({
  database,
}) => {
  const { port, url } = await start(database.url)
  const silent: Socket[] = []
  try {
    for (let wave = 0; wave < 15; wave++) {
      await Promise.all(Array.from({ length: 200 }, (_, index) => openSilent(index)))
      expect((await postWebhook(url, verdict())).status).toBe(200)
    }
  } finally {
    for (const socket of silent) socket.destroy()
  }

  /** One in three says nothing at all, one begins its headers, one begins its body. */
  function openSilent(index: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1' }, () => {
        if (index % 3 === 1) socket.write('POST /api/webhooks/llm-callback HTTP/1.1\r\nX-Slow: ')
        if (index % 3 === 2) socket.write(requestOf(verdict()).subarray(0, -1))
        resolve()
      })
      socket.once('error', reject)
      socket.on('error', () => {})
      silent.push(socket)
    })
  }
})
