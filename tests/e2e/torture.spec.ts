import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from '@playwright/test'

const root = path.resolve(import.meta.dirname, '../..')
const seconds = 60

test('case 55: with Callboard killed each second or two and PostgreSQL crashed and frozen, nothing acknowledged is lost, doubled or changed, and no reader misses one', () => {
  test.setTimeout(300_000)
  const torture = spawnSync(process.execPath, ['scripts/tool.mjs', 'torture/main', '--seconds', String(seconds)], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(torture.status, torture.stderr).toBe(0)
  // Both modes printed a ledger, in which something was acknowledged, killed and crashed.
  expect(torture.stderr.match(/^ {2}callbacks acknowledged +[1-9]/gm)).toHaveLength(2)
  expect(torture.stderr.match(/^ {2}PostgreSQL crashed \(immediate\) +[1-9]/gm)).toHaveLength(2)
})
