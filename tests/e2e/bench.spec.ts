import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from '@playwright/test'

const root = path.resolve(import.meta.dirname, '../..')

test('the bench of the ingest runs from end to end, and every contender takes what it is sent', () => {
  test.setTimeout(300_000)
  const small = ['--rounds', '1', '--seconds', '1', '--connections', '8', '--other-bytes=']
  const bench = spawnSync(process.execPath, ['scripts/tool.mjs', 'bench/ingest', ...small], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(bench.status, bench.stderr).toBe(0)
  for (const name of ['a', 'b', 'c', 'd', 'hello', 'e']) {
    expect(bench.stdout).toMatch(new RegExp(`^  ${name} +\\S.* [1-9]\\d*/s `, 'm'))
  }
})
