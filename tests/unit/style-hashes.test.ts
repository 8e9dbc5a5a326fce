import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { emptyStyleHash, sonnerStyleHash } from '@/app/style-hashes'

test('the content security policy allows the style sheet of the Sonner that is installed', () => {
  const file = createRequire(import.meta.url)
    .resolve('sonner')
    .replace(/\.js$/, '.mjs')
  const written = readFileSync(file, 'utf8').match(/__insertCSS\((".*")\);/)?.[1]
  const sheet = JSON.parse(written ?? '""') as string
  const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`
  expect(sonnerStyleHash).toBe(hashOf(sheet))
  expect(emptyStyleHash).toBe(hashOf(''))
})
