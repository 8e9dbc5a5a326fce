import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findSecretFile } from '@/app/(console)/callbacks/find-secret-file'

test('a secret file is named only where there is one', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'callboard-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  expect(findSecretFile(dataDir)).toBeNull()
  const file = path.join(dataDir, 'llm-webhook-secret')
  writeFileSync(file, 'x')
  expect(findSecretFile(dataDir)).toBe(file)
})
