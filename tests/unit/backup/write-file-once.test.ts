import { pbkdf2 } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeFileOnce } from '@/lib/backup/write-file-once'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'callboard-write-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function* chunksOf(...chunks: (string | Error)[]): AsyncGenerator<string> {
  for (const chunk of chunks) {
    if (chunk instanceof Error) throw chunk
    yield chunk
  }
}

test('a file that is there is never replaced', async () => {
  const file = path.join(folder, 'once')
  await writeFileOnce(file, chunksOf('a', 'b'))
  await expect(writeFileOnce(file, chunksOf('c'))).rejects.toThrow('exists already')
  expect(gunzipSync(readFileSync(file)).toString()).toBe('ab')
  expect(readdirSync(folder)).toEqual(['once'])
})

test('what ends early leaves nothing, also where the file system takes longer than the failure', async () => {
  // The threads that also open files have something else to do at first.
  const busy = Array.from({ length: 8 }, () => promisify(pbkdf2)('password', 'salt', 50_000, 32, 'sha256'))
  const file = path.join(folder, 'early')
  await expect(writeFileOnce(file, chunksOf(new Error('no rows')))).rejects.toThrow('no rows')
  await expect(writeFileOnce(file, chunksOf('a', new Error('no more rows')))).rejects.toThrow('no more rows')
  await Promise.all(busy)
  expect(readdirSync(folder).filter((name) => name.startsWith('early'))).toEqual([])
})
