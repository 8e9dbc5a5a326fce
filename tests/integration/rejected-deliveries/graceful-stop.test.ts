import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { readEnvironment } from '@/env'
import { startCallboard } from '@/server/callboard'
import { completeSettings } from '@/server/settings'
import { createTestDatabase } from '../../support/database'
import { countRejections } from '../../support/rejections'
import { webhookSecret } from '../../support/webhook-bodies'

test('a graceful stop writes what was counted and not written yet', async () => {
  const database = await createTestDatabase()
  const dataDir = mkdtempSync(path.join(tmpdir(), 'callboard-stop-'))
  const environment = readEnvironment({
    DATA_DIR: dataDir,
    PORT: '0',
    DATABASE_URL: database.url,
    CALLBOARD_SECRET: 'a secret of Callboard’s own, for tests',
    LLM_WEBHOOK_SECRET: JSON.stringify([webhookSecret]),
  })
  const callboard = await startCallboard({
    settings: completeSettings(environment),
    log: pino({ level: 'silent' }),
    withConsole: false,
    dev: false,
    onProgress: () => {},
  })
  try {
    for (let n = 0; n < 5; n++) {
      const answer = await fetch(`${callboard.url}/api/webhooks/llm-callback`, { method: 'POST', body: '{}' })
      expect(answer.status).toBe(401)
    }
  } finally {
    await callboard.stop()
  }
  expect(await countRejections(database.db)).toEqual({ 'signature_missing llm-callback': 5 })
  rmSync(dataDir, { recursive: true, force: true })
  await database.drop()
})
