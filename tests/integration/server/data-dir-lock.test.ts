import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataDirInUseError, lockDataDir } from '@/server/data-dir/lock'

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
  writeFileSync(path.join(dataDir, 'lock'), JSON.stringify({ pid: killed.pid, startedAt: 'before' }))
  lockDataDir(dataDir)()
})

test('the lock of a process whose id another one has now is taken over', () => {
  writeFileSync(path.join(dataDir, 'lock'), JSON.stringify({ pid: process.ppid, startedAt: 'of another life' }))
  lockDataDir(dataDir)()
})

test('a lock file that can’t be read is nobody’s', () => {
  writeFileSync(path.join(dataDir, 'lock'), '{"pid":')
  lockDataDir(dataDir)()
})
