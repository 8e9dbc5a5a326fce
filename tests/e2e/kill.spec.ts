import { expect } from '@playwright/test'
import { readRows } from '../support/callback-rows'
import { senderTime, verdict } from '../support/webhook-bodies'
import { type RunningFrontDoor, startFrontDoor } from './support/front-door'
import { holdInserts } from './support/hold-inserts'
import { postWebhook } from './support/post-webhook'
import { test } from './support/postgres'

const jobId = 'of a killed Callboard'
/** The body of one try: each retry has a new timestamp. */
const attempt = () => verdict({ job_id: jobId, timestamp: senderTime() })

let callboard: RunningFrontDoor
test.beforeEach(async ({ database }) => {
  callboard = await startFrontDoor(database.url)
})
test.afterEach(() => callboard.remove())

test('case 54: killed before the commit there is no row and no answer, and the retry is new', async ({ database }) => {
  const hold = await holdInserts(database.url)
  const lost = postWebhook(callboard.url, attempt()).catch(() => 'no answer')
  await expect.poll(hold.waiting).toHaveLength(1)
  await callboard.process.kill()
  await hold.terminateWaiting()
  await hold.letGo()
  expect(await lost).toBe('no answer')
  expect(await readRows(database.db)).toEqual([])

  await callboard.restart()
  expect(await postWebhook(callboard.url, attempt())).toMatchObject({ status: 200, json: { duplicate: false } })
  expect(await readRows(database.db)).toHaveLength(1)
})

test('case 54: killed after the commit and before the answer the row is there, and the retry is its duplicate', async ({
  database,
}) => {
  const hold = await holdInserts(database.url)
  const lost = postWebhook(callboard.url, attempt()).catch(() => 'no answer')
  await expect.poll(hold.waiting).toHaveLength(1)
  // Stopped where it stands, it can't answer; PostgreSQL has the statement and commits it.
  process.kill(callboard.process.pid, 'SIGSTOP')
  await hold.letGo()
  await expect.poll(() => readRows(database.db)).toHaveLength(1)
  await callboard.process.kill()
  expect(await lost).toBe('no answer')

  const [row] = await readRows(database.db)
  await callboard.restart()
  const retry = await postWebhook(callboard.url, attempt())
  expect(retry).toMatchObject({ status: 200, json: { id: row?.id, duplicate: true } })
  expect(await readRows(database.db)).toHaveLength(1)
})

test('case 54: what PostgreSQL finishes for a Callboard that was killed is one row, whoever comes first', async ({
  database,
}) => {
  const hold = await holdInserts(database.url)
  const lost = postWebhook(callboard.url, attempt()).catch(() => 'no answer')
  await expect.poll(hold.waiting).toHaveLength(1)
  await callboard.process.kill()
  expect(await lost).toBe('no answer')
  await callboard.restart()
  // The statement of the killed one and that of its successor wait for the same lock.
  const retry = postWebhook(callboard.url, attempt())
  await expect.poll(hold.waiting).toHaveLength(2)
  await hold.letGo()
  const answer = await retry
  if (answer.status !== 200) expect(await postWebhook(callboard.url, attempt())).toMatchObject({ status: 200 })
  expect(await readRows(database.db)).toHaveLength(1)
})
