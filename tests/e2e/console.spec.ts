import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { type APIRequestContext, type BrowserContext, expect, type Page, test } from '@playwright/test'
import pg from 'pg'
import { readRunFile } from '@/server/data-dir/run-file'
import { admin, type RunningCallboard, startCallboard } from './support/callboard'
import { closeContexts } from './support/close-contexts'
import { failOnConsoleNoise } from './support/page-noise'
import { whenAlive } from './support/signed-in'

let callboard: RunningCallboard
/** One session for all tests that only need one: the fourth quick sign-in from one address is refused. */
let session: Awaited<ReturnType<BrowserContext['storageState']>>

test.beforeAll(async ({ playwright }) => {
  callboard = await startCallboard()
  const context = await playwright.request.newContext()
  expect(await signInByApi(context)).toBe(200)
  session = await context.storageState()
  await context.dispose()
})
test.afterEach(({ browser }) => closeContexts(browser))
test.afterAll(() => callboard.remove())

const api = (rest = '') => `${callboard.url}/api/admin/llm-callbacks${rest}`

async function signInByApi(request: APIRequestContext, who = admin): Promise<number> {
  const headers = { origin: callboard.url }
  const data = { email: who.email, password: who.password }
  return (await request.post(`${callboard.url}/api/auth/sign-in/email`, { headers, data })).status()
}

async function signInByPage(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByLabel('Password', { exact: true }).fill(admin.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('case 69: without a session every admin answer is 401, and every page leads to sign-in', async ({
  request,
  page,
}) => {
  const { json } = await callboard.post({ event: 'workflow.completed', job_id: 'not for strangers' })
  for (const rest of ['', '/check', '/stream', `/${json.id}`, `/${json.id}/raw`]) {
    const answer = await request.get(api(rest))
    expect([rest, answer.status()]).toEqual([rest, 401])
    expect(await answer.text()).not.toContain('not for strangers')
  }
  await page.goto(`${callboard.url}/callbacks/${json.id}`)
  await expect(page).toHaveURL(new RegExp(`/sign-in\\?next=%2Fcallbacks%2F${json.id}$`))
  await signInByPage(page)
  await expect(page).toHaveURL(`${callboard.url}/callbacks/${json.id}`)
})

test('case 69: a signed-in user without the admin role gets 403', async ({ request }) => {
  const plain = { email: 'plain@example.com', password: 'another long password' }
  const env = { ...process.env, DATA_DIR: callboard.dataDir, ADMIN_PASSWORD: plain.password }
  const cli = path.resolve(import.meta.dirname, '../../dist/cli.js')
  const made = spawnSync(process.execPath, [cli, 'admin', 'create', '--email', plain.email], { env, encoding: 'utf8' })
  expect(made.stdout).toBe('plain@example.com may sign in now\n')
  const client = new pg.Client({ connectionString: readRunFile(callboard.dataDir)?.databaseUrl })
  await client.connect()
  await client.query('update auth_users set role = null where email = $1', [plain.email])
  await client.end()

  expect(await signInByApi(request, plain)).toBe(200)
  for (const rest of ['', '/check', '/stream']) expect((await request.get(api(rest))).status()).toBe(403)
  expect((await request.get(`${callboard.url}/callbacks`)).status()).toBe(403)
})

test('only the sign-in paths of better-auth are reachable', async ({ playwright }) => {
  const request = await playwright.request.newContext({ storageState: session })
  for (const rest of [
    'sign-up/email',
    'admin/create-user',
    'admin/set-role',
    'update-user',
    'delete-user',
    'change-email',
  ]) {
    const answer = await request.post(`${callboard.url}/api/auth/${rest}`, {
      headers: { origin: callboard.url },
      data: {},
    })
    expect([rest, answer.status()]).toEqual([rest, 404])
  }
})

test('an admin opens a callback: it reads as sent, says who signed it, and is viewed from then on', async ({
  browser,
}) => {
  const page = await (await browser.newContext({ storageState: session })).newPage()
  const assertQuiet = failOnConsoleNoise(page)
  const hostile = {
    event: 'workflow.failed',
    job_id: '<img src=x onerror=alert(1)>',
    workflow_name: '\u202Eexe.gnp</script>',
  }
  const { json } = await callboard.post({
    ...hostile,
    error_message: 'NUL \u0000 and more',
    cost_usd: 0.1,
    tokens: 18204,
  })
  await page.goto(`${callboard.url}/callbacks`)

  const row = page.getByRole('row').filter({ hasText: 'exe.gnp' })
  await expect(row).toContainText('Failed')
  await expect(row).toContainText('18,204')
  await row.getByRole('link').first().click()
  await expect(page).toHaveURL(new RegExp(`/callbacks\\?open=${json.id}`))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Text' }).check()
  await expect(dialog.getByText('"job_id":"<img src=x onerror=alert(1)>"')).toBeVisible()
  await dialog.getByRole('tab', { name: 'Signature' }).click()
  await expect(dialog.getByText('hmac-sha256-hex')).toBeVisible()
  await expect(page.locator('img')).toHaveCount(0)
  const viewed = async () => (await page.request.get(api(`/${json.id}`))).json().then((detail) => detail.viewed)
  await expect.poll(viewed).toBe(true)

  const raw = await page.request.get(api(`/${json.id}/raw`))
  expect(raw.headers()['content-disposition']).toMatch(/^attachment/)
  expect(raw.headers()['x-content-type-options']).toBe('nosniff')
  expect(await raw.json()).toMatchObject(hostile)
  assertQuiet()
})

test('a callback is in an open stream within the second in which it came', async ({ browser }) => {
  const page = await (await browser.newContext({ storageState: session })).newPage()
  await page.goto(`${callboard.url}/callbacks`)
  await page.evaluate(() => {
    const stream = new EventSource('/api/admin/llm-callbacks/stream')
    const seen: string[] = []
    Object.assign(window, { seen })
    stream.onmessage = (message) => {
      for (const item of JSON.parse(message.data).items) seen.push(item.callbackId)
    }
    return new Promise((resolve) => {
      stream.onopen = resolve
    })
  })
  await callboard.post({ event: 'workflow.completed', job_id: 'straight to the stream' })
  const seen = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen)
  await expect.poll(seen).toEqual(['straight to the stream'])
})

for (const theme of ['light', 'dark'] as const) {
  test(`at 320 px in ${theme} nothing scrolls sideways`, async ({ browser }) => {
    const context = await browser.newContext({
      storageState: session,
      colorScheme: theme,
      viewport: { width: 320, height: 640 },
    })
    const page = await context.newPage()
    const assertQuiet = failOnConsoleNoise(page)
    const longWord = 'a'.repeat(300)
    const { json } = await callboard.post({ event: longWord, job_id: longWord, workflow_name: longWord, theme })
    for (const address of ['/sign-in', '/callbacks', `/callbacks/${json.id}`]) {
      await page.goto(callboard.url + address)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect([address, overflow <= 0]).toEqual([address, true])
    }
    assertQuiet()
    await context.close()
  })
}

test('a callback is found by words of its payload, moments after it came', async ({ playwright }) => {
  const request = await playwright.request.newContext({ storageState: session })
  const { json } = await callboard.post({
    event: 'workflow.completed',
    job_id: 'job-search',
    result: 'Zwölf Boxkämpfer',
  })
  const found = async (q: string) => {
    const answer = await request.get(api(`?${new URLSearchParams({ q })}`))
    return ((await answer.json()) as { items: { id: string }[] }).items.map((item) => item.id)
  }
  await expect.poll(() => found('zwolf boxk')).toEqual([json.id])
  expect(await found('zwolf nothing')).toEqual([])
  expect((await request.get(api('?q=zw'))).status()).toBe(400)
  await request.dispose()
})

test('signing out ends the session, and the page asks for sign-in again', async ({ browser }) => {
  const page = await (await browser.newContext({ storageState: session })).newPage()
  await page.goto(`${callboard.url}/callbacks`)
  await whenAlive(page)
  await page.getByRole('button', { name: /^Account of / }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  expect((await page.request.get(api('/check'))).status()).toBe(401)
})
