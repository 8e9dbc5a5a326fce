import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { type RunningCallboard, startCallboard } from './support/callboard'

const root = path.resolve(import.meta.dirname, '../..')
let folder: string
let callboard: RunningCallboard

/** What the Dockerfile takes from the build into the image, by its path there. */
function takenIntoImage(): string[] {
  const dockerfile = readFileSync(path.join(root, 'Dockerfile'), 'utf8')
  const copied = [...dockerfile.matchAll(/^COPY --from=build (.+) \S+$/gm)].flatMap(([, sources = '']) =>
    sources.split(' '),
  )
  return copied.map((source) => path.relative('/app', source))
}

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'callboard-image-'))
  for (const name of takenIntoImage()) {
    const [from, to] = [path.join(root, name), path.join(folder, name)]
    mkdirSync(path.dirname(to), { recursive: true })
    if (name === 'node_modules') symlinkSync(from, to)
    else cpSync(from, to, { recursive: true, filter: (source) => source !== path.join(root, '.next', 'cache') })
  }
  callboard = await startCallboard({}, { folder })
})
test.afterAll(async () => {
  await callboard.remove()
  rmSync(folder, { recursive: true, force: true })
})

test('what the image holds takes a callback, and its console is configured as it is here', async () => {
  const body = {
    event: 'workflow.completed',
    job_id: 'image',
    timestamp: new Date().toISOString(),
    status: 'completed',
  }
  expect((await callboard.post(body)).status).toBe(200)
  const page = await fetch(`${callboard.url}/sign-in`, { headers: { 'accept-encoding': 'gzip' } })
  expect(page.status).toBe(200)
  expect(page.headers.get('content-encoding')).toBeNull()
  expect(page.headers.get('vary')).not.toContain('Accept-Encoding')
  expect(page.headers.get('x-powered-by')).toBeNull()
})
