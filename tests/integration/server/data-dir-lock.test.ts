import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataDirInUseError, findHolder, lockDataDir } from '@/server/data-dir/lock'
import { processNamespace } from '@/server/process-identity'

let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'callboard-lock-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

test('case 63: a second lock on one DATA_DIR is refused and names the process that has it', () => {
  const release = lockDataDir(dataDir)
  expect(() => lockDataDir(dataDir)).toThrow(DataDirInUseError)
  expect(() => lockDataDir(dataDir)).toThrow(`in use by process ${process.pid}`)
  release()
  lockDataDir(dataDir)()
  expect(readdirSync(dataDir)).toEqual([])
})

test('case 63: the lock of a process that was killed is taken over at once', async () => {
  const killed = spawn(process.execPath, ['-e', 'process.exit(0)'])
  await new Promise((resolve) => killed.once('exit', resolve))
  writeFileSync(
    path.join(dataDir, 'lock'),
    JSON.stringify({ pid: killed.pid, startedAt: 'before', namespace: processNamespace() }),
  )
  lockDataDir(dataDir)()
})

test('the lock of a process whose id another one has now is taken over', () => {
  writeFileSync(
    path.join(dataDir, 'lock'),
    JSON.stringify({ pid: process.ppid, startedAt: 'of another life', namespace: processNamespace() }),
  )
  lockDataDir(dataDir)()
})

test('a lock file that can’t be read is nobody’s', () => {
  writeFileSync(path.join(dataDir, 'lock'), '{"pid":')
  lockDataDir(dataDir)()
})

test('a holder in another container is alive as long as it touches its lock', () => {
  const file = path.join(dataDir, 'lock')
  writeFileSync(file, JSON.stringify({ pid: 1, startedAt: 'unseen from here', namespace: 'pid:[elsewhere]' }))
  expect(() => lockDataDir(dataDir)).toThrow('in use by process 1')
  const longAgo = new Date(Date.now() - 60_000)
  utimesSync(file, longAgo, longAgo)
  expect(findHolder(dataDir)).toBeNull()
  lockDataDir(dataDir)()
})
