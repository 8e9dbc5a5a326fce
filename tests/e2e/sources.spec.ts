import { spawnSync } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { type RunningCallboard, startCallboard } from './support/callboard'
import { closeContexts } from './support/close-contexts'
import { queryDatabase } from './support/database'
import { failOnConsoleNoise } from './support/page-noise'
import { type Session, signInByApi, whenAlive } from './support/signed-in'

let callboard: RunningCallboard
let session: Session

test.beforeAll(async ({ playwright }) => {
  callboard = await startCallboard()
  session = await signInByApi(playwright.request, callboard.url)
})
test.afterEach(({ browser }) => closeContexts(browser))
test.afterAll(() => callboard.remove())

async function openAlive(browser: Browser, place: string): Promise<Page> {
  const context = await browser.newContext({
    storageState: session,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  await page.goto(`${callboard.url}${place}`)
  await whenAlive(page)
  return page
}

function cli(parameters: readonly string[], input = ''): { stdout: string; stderr: string; status: number | null } {
  const env = { ...process.env, DATA_DIR: callboard.dataDir, DATABASE_URL: undefined }
  const file = path.resolve(import.meta.dirname, '../../dist/cli.js')
  return spawnSync(process.execPath, [file, ...parameters], { env, input, encoding: 'utf8' })
}

async function postSigned(slug: string, secret: string): Promise<number> {
  const body = JSON.stringify({
    event: 'workflow.completed',
    job_id: randomBytes(4).toString('hex'),
    status: 'completed',
  })
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  const headers = { 'x-webhook-signature': `sha256=${signature}` }
  return (await fetch(`${callboard.url}/api/webhooks/${slug}`, { method: 'POST', headers, body })).status
}

test('from a kind of sender to its first callback: the URL, the secret this once, and the wait', async ({
  browser,
}) => {
  const page = await openAlive(browser, '/sources')
  const assertQuiet = failOnConsoleNoise(page)
  await page.getByRole('link', { name: 'New source' }).click()
  await page.getByLabel('Who sends the callbacks?').fill('callb')
  await page.getByRole('button', { name: 'Callboard', exact: true }).click()
  await page.getByLabel('Name', { exact: true }).fill('Billing')
  await page.getByLabel('Slug').fill('billing-llm')
  await expect(page.getByText(`${callboard.url}/api/webhooks/billing-llm`)).toBeVisible()
  await page.getByRole('button', { name: 'Make the source' }).click()
  const secret = await page.locator('pre', { hasText: /^[0-9a-f]{64}$/ }).innerText()
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await expect(page.getByText('Waiting for the first callback.')).toBeVisible()

  await expect.poll(() => postSigned('billing-llm', 'a secret that nobody gave out, ever')).toBe(401)
  await expect(page.getByText('no secret matched')).toBeVisible()
  expect(await postSigned('billing-llm', secret)).toBe(200)
  await expect(page.getByText('First callback received.')).toBeVisible()
  await page.getByRole('link', { name: 'Show it' }).click()
  await expect(page.getByRole('grid')).toContainText('workflow.completed')

  await page.goto(`${callboard.url}/sources/billing-llm?tab=secrets`)
  await expect(page.getByRole('region', { name: 'Secrets' })).toContainText(`…${secret.slice(-4)}`)
  expect(await page.content()).not.toContain(secret)
  assertQuiet()
})

test('a rotation: the next secret is made, seen in use, and the old one ends', async ({ browser }) => {
  expect(cli(['source', 'add', 'rotated', '--preset', 'native']).status).toBe(0)
  const [, old = ''] = /this once: (\S+)/.exec(cli(['source', 'add-secret', 'rotated', '--name', 'old']).stdout) ?? []
  await expect.poll(() => postSigned('rotated', old)).toBe(200)
  const page = await openAlive(browser, '/sources/rotated?tab=secrets')
  await page.getByLabel('Name', { exact: true }).fill('next')
  await page.getByRole('button', { name: 'Add the secret' }).click()
  const rotation = page.getByRole('region', { name: 'Rotation' })
  const next = await rotation.locator('pre').innerText()
  const revoke = rotation.getByRole('button', { name: /^Revoke/ })
  await expect(revoke).toBeDisabled()
  await expect.poll(() => postSigned('rotated', next)).toBe(200)
  expect(await postSigned('rotated', old)).toBe(200)
  await expect(rotation.getByText(/^Seen \d+ callbacks? with the new secret\.$/)).toBeVisible()
  await revoke.click()
  await expect.poll(() => postSigned('rotated', old)).toBe(401)
  expect(await postSigned('rotated', next)).toBe(200)
})

test('a source is renamed, paused, taken up again and deleted; the last live secret asks for the slug', async ({
  browser,
}) => {
  const [, secret = ''] = /this once: (\S+)/.exec(cli(['source', 'add', 'passing', '--preset', 'native']).stdout) ?? []
  await expect.poll(() => postSigned('passing', secret)).toBe(200)
  const page = await openAlive(browser, '/sources/passing?tab=settings')
  await page.getByLabel('Name', { exact: true }).fill('Passing by')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Sources / Passing by' })).toBeVisible()
  await page.getByRole('button', { name: 'Pause the source' }).click()
  await expect.poll(() => postSigned('passing', secret)).toBe(404)
  await page.getByRole('button', { name: 'Take callbacks again' }).click()
  await expect.poll(() => postSigned('passing', secret)).toBe(200)

  await page.getByRole('button', { name: 'Secrets' }).click()
  await page.getByRole('button', { name: `Revoke …${secret.slice(-4)}` }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('It is the last live one')
  await expect(dialog.getByRole('button', { name: 'Revoke secret' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Keep it' }).click()

  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Delete the source' }).click()
  await dialog.getByLabel('Type “passing” to go on').fill('passing')
  await dialog.getByRole('button', { name: 'Delete source' }).click()
  await expect(page).toHaveURL(`${callboard.url}/sources`)
  await expect(page.getByRole('link', { name: 'Passing by' })).toHaveCount(0)
  await expect.poll(() => postSigned('passing', secret)).toBe(404)
  await page.goto(`${callboard.url}/callbacks?source=passing`)
  await expect(page.getByRole('grid')).toContainText('workflow.completed')
})

test('the sender’s own secret is pasted and never shown again, and what it can’t be is said', async ({ browser }) => {
  const page = await openAlive(browser, '/sources/new')
  await page.getByRole('button', { name: /^OpenAI/ }).click()
  await page.getByRole('button', { name: 'Make the source' }).click()
  await page.getByLabel('The sender’s secret').fill('whsec_not base64 at all')
  await page.getByRole('button', { name: 'Keep the secret' }).click()
  await expect(page.getByText(/^This is no secret as OpenAI makes them\. One looks like/)).toBeVisible()
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  await page.getByLabel('The sender’s secret').fill(secret)
  await page.getByRole('button', { name: 'Keep the secret' }).click()
  await page.getByRole('button', { name: 'Send test' }).click()
  await expect(page.getByText('First callback received.')).toBeVisible()
  await page.goto(`${callboard.url}/sources/openai?tab=secrets`)
  await expect(page.getByRole('region', { name: 'Secrets' })).toContainText(`…${secret.slice(-4)}`)
  expect(await page.content()).not.toContain(secret)
})

test('the doctor says why a delivery is refused, on the page and from the command line', async ({ browser }) => {
  const [, secret = ''] = /this once: (\S+)/.exec(cli(['source', 'add', 'ailing', '--preset', 'native']).stdout) ?? []
  await expect.poll(() => postSigned('ailing', secret)).toBe(200)
  const page = await openAlive(browser, '/sources/ailing?tab=doctor')
  await page.getByRole('button', { name: 'Start debug for 15 min' }).click()
  await expect(page.getByText('Waiting for a delivery that is refused.')).toBeVisible()
  const body = '{"event":"workflow.completed","job_id":"1"}\n'
  const value = `sha256=${createHmac('sha256', secret).update(body.trim()).digest('hex')}`
  const headers = { 'x-webhook-signature': value }
  // Until the front door has noticed.
  const sent = setInterval(
    () => void fetch(`${callboard.url}/api/webhooks/ailing`, { method: 'POST', headers, body }),
    300,
  )
  await expect(
    page.getByRole('heading', { name: 'White space at the end of the body was not signed.' }).first(),
  ).toBeVisible()
  clearInterval(sent)
  const saved = `POST /api/webhooks/ailing HTTP/1.1\r\nX-Webhook-Signature: ${value}\r\n\r\n${body}`
  const said = cli(['doctor', '-', '--source', 'ailing'], saved)
  expect(said.status).toBe(1)
  expect(said.stdout).toContain('White space at the end of the body was not signed.')
  await page.getByRole('button', { name: 'Stop and delete' }).click()
  await expect(page.getByText('Nothing is kept.')).toBeVisible()
})

test('with an API key the rest of a thin callback is fetched, and shown apart from what was signed', async ({
  browser,
}) => {
  expect(cli(['source', 'add', 'thin', '--preset', 'assemblyai']).status).toBe(0)
  const page = await openAlive(browser, '/sources/thin?tab=settings')
  await page.getByLabel('API key', { exact: true }).fill('an-API-key-of-the-tests')
  await page.getByRole('button', { name: 'Keep the key' }).click()
  await expect(page.getByText('Results are fetched from now on.').first()).toBeVisible()
  expect(cli(['send', '--source', 'thin']).status).toBe(0)
  const isNoted = () => queryDatabase(callboard.dataDir, 'select callback_id from llm_callback_results')
  await expect.poll(async () => (await isNoted()).length).toBe(1)
  // The sender's API can't be reached from here: its answer is put where it would stand.
  await queryDatabase(
    callboard.dataDir,
    'update llm_callback_results set state = \'fetched\', fetched_at = now(), body = \'{"text":"hello world"}\'',
  )
  await page.goto(`${callboard.url}/callbacks?source=thin`)
  await page.getByRole('grid').getByRole('row').nth(1).click()
  await page.getByRole('tab', { name: 'Details' }).click()
  const result = page.getByRole('region', { name: 'Fetched result' })
  await expect(result).toContainText('Fetched by Callboard, not signed by the sender')
  await expect(result).toContainText('{"text":"hello world"}')
  expect(await page.content()).not.toContain('an-API-key-of-the-tests')
})

/** What each kind of sender needs before it can send. */
function connect(preset: string): string {
  const slug = `as-${preset}`
  const added = cli(['source', 'add', slug, '--preset', preset])
  expect([preset, added.status, added.stderr]).toEqual([preset, 0, ''])
  if (!added.stdout.includes('add-secret')) return slug
  const pem = preset === 'manus'
  const secret = pem ? null : preset === 'deepgram' ? 'user:a long password' : randomBytes(32).toString('base64')
  if (secret) expect(cli(['source', 'add-secret', slug, '--secret-file', '-'], secret).status).toBe(0)
  return slug
}

test('a callback of every preset, sent by the command, is a readable row with job, event and status', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const { presets } = await import('@/lib/presets/presets')
  // Only Manus itself holds the key that it signs with.
  const ids = [...presets.keys()].filter((id) => id !== 'manus')
  const slugs = ids.map(connect)
  await expect.poll(() => postSigned('as-native', 'nobody’s')).toBe(401)
  for (const [index, id] of ids.entries()) {
    const sent = cli(['send', '--source', slugs[index] ?? ''])
    expect([id, sent.status, sent.stdout.slice(0, 3)]).toEqual([id, 0, '200'])
  }
  const page = await openAlive(browser, '/callbacks')
  for (const slug of ['as-openai', 'as-replicate', 'as-langsmith']) {
    await page.goto(`${callboard.url}/callbacks?source=${slug}`)
    const row = page.getByRole('grid').getByRole('row').nth(1)
    await expect(row).toContainText('Completed')
    await row.click()
    await expect(page.getByRole('dialog')).toContainText('test-')
  }
  const answer = await page.request.get(`${callboard.url}/api/admin/llm-callbacks?limit=100`)
  const { items } = (await answer.json()) as { items: Record<string, string | null>[] }
  for (const slug of slugs) {
    const own = items.filter(({ source }) => source === slug)
    expect([slug, own.length > 0, own.every(({ payloadState }) => payloadState === 'stored')]).toEqual([
      slug,
      true,
      true,
    ])
    expect([slug, own[0]?.eventType !== null, own[0]?.externalJobId !== null]).toEqual([slug, true, true])
  }
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the pages of sources in ${theme}, which fit 320 px`, async ({ browser }) => {
    const size = { width: 320, height: 640 }
    const context = await browser.newContext({ storageState: session, colorScheme: theme, viewport: size })
    for (const place of [
      '/sources',
      '/sources/new',
      '/sources/llm-callback',
      '/sources/llm-callback?tab=set-up',
      '/sources/llm-callback?tab=secrets',
      '/sources/llm-callback?tab=doctor',
      '/sources/llm-callback?tab=settings',
    ]) {
      const page = await context.newPage()
      await page.goto(`${callboard.url}${place}`)
      await whenAlive(page)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect([place, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([place, []])
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect([place, width]).toEqual([place, 320])
      await page.close()
    }
  })
}
