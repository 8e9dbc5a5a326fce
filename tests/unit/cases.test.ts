import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const printed = spawnSync(process.execPath, ['scripts/cases.mjs'], { cwd: root, encoding: 'utf8' })

test('tests/CASES.md is what the tests’ titles say; if not: node scripts/cases.mjs --write', () => {
  expect(printed.stderr).toBe('')
  expect(readFileSync(path.join(root, 'tests/CASES.md'), 'utf8')).toBe(printed.stdout)
})

test('every case from 1 to 78 has a test, or a reason why it is left to later', () => {
  const numbers = [...printed.stdout.matchAll(/^- \*\*(\d+)\.\*\*/gm)].map((match) => Number(match[1]))
  expect(numbers).toEqual(Array.from({ length: 78 }, (_, index) => index + 1))
  expect(printed.stdout.match(/^.*\*\*no test\*\*.*$/gm)).toBeNull()
})
