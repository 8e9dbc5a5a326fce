import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { sonnerStyleHash } from '@/app/style-hashes'

test('the content security policy allows the style sheet of the Sonner that is installed', () => {
  const file = createRequire(import.meta.url)
    .resolve('sonner')
    .replace(/\.js$/, '.mjs')
  const written = readFileSync(file, 'utf8').match(/__insertCSS\((".*")\);/)?.[1]
  const sheet = JSON.parse(written ?? '""') as string
  expect(sonnerStyleHash).toBe(`sha256-${createHash('sha256').update(sheet).digest('base64')}`)
})
