import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test'
import { type RunningCallboard, startCallboard } from './support/callboard'
import { closeContexts } from './support/close-contexts'
import { failOnConsoleNoise } from './support/page-noise'
import { type Session, signInByApi } from './support/signed-in'

const cli = path.resolve(import.meta.dirname, '../../dist/cli.js')
const other = { email: 'other@example.com', password: 'another long password' }

let callboard: RunningCallboard
let session: Session
let otherSession: Session

test.beforeAll(async ({ playwright }) => {
  callboard = await startCallboard()
  const env = { ...process.env, DATA_DIR: callboard.dataDir, ADMIN_PASSWORD: other.password }
  spawnSync(process.execPath, [cli, 'admin', 'create', '--email', other.email], { env })
  await callboard.post({ event: 'workflow.completed', job_id: 'before', workflow_name: 'before' })
  session = await signInByApi(playwright.request, callboard.url)
  otherSession = await signInByApi(playwright.request, callboard.url, other)
})
test.afterEach(({ browser }) => closeContexts(browser))
test.afterAll(() => callboard.remove())

/** A browser that has read the feed to its end, and hears of what comes from now on. */
async function openConsole(browser: Browser, storageState = session): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${callboard.url}/callbacks`)
  await expectConnection(page, 'Live')
  return { context, page }
}

async function expectConnection(page: Page, word: string): Promise<void> {
  await expect(page.getByRole('button', { name: `Notifications: ${word}` })).toBeVisible({ timeout: 15_000 })
}

/** `callboard send`, as a process of its own. */
async function send(...options: string[]): Promise<void> {
  const env = { ...process.env, DATA_DIR: callboard.dataDir, PORT: new URL(callboard.url).port }
  const child = spawn(process.execPath, [cli, 'send', ...options], { env, stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
}

const notices = (page: Page) => page.getByRole('region', { name: 'Notifications' })
const toasts = (page: Page) => notices(page).getByRole('listitem')
const toastOf = (page: Page, text: string) => toasts(page).filter({ hasText: text })

/** Posts, and says when it was acknowledged. */
async function post(workflow: string, more: object = {}): Promise<{ id: string; atMs: number }> {
  const body = { event: 'workflow.completed', job_id: workflow, workflow_name: workflow, status: 'completed', ...more }
  const { json } = await callboard.post(body)
  return { id: String(json.id), atMs: Date.now() }
}

test('a callback sent by `callboard send` is a toast within a second, and View Details opens it', async ({
  browser,
}) => {
  const { page, context } = await openConsole(browser)
  const assertQuiet = failOnConsoleNoise(page)
  // Observed in the page: the test's own polling would add to the time.
  await page.evaluate(() => {
    const seen: Record<string, number> = {}
    Object.assign(window, { seen })
    new MutationObserver(() => {
      for (const toast of document.querySelectorAll('[data-sonner-toast]'))
        for (const name of ['sent_by_hand']) if (toast.textContent?.includes(name)) seen[name] ??= Date.now()
    }).observe(document.body, { childList: true, subtree: true })
  })
  await send('--workflow', 'sent_by_hand')
  const toast = toastOf(page, 'sent_by_hand')
  await expect(toast).toContainText('Completed · workflow.completed')
  await expect(toast).toContainText('Three emergency contacts were found')
  const { items } = await page.request.get(`${callboard.url}/api/admin/llm-callbacks?limit=1`).then((r) => r.json())
  const seenAtMs = await page.evaluate(() => (window as unknown as { seen: Record<string, number> }).seen.sent_by_hand)
  expect((seenAtMs ?? 0) - Date.parse(items[0].createdAt)).toBeLessThan(1_000)

  await toast.getByRole('button', { name: 'View Details' }).click()
  await expect(page.getByRole('dialog', { name: 'sent_by_hand' })).toBeVisible()
  await expect(toast).toHaveCount(0)
  const viewedBy = async (who: Session) => {
    const asked = await browser.newContext({ storageState: who })
    const answer = await asked.request.get(`${callboard.url}/api/admin/llm-callbacks/${items[0].id}`)
    const { viewed } = await answer.json()
    await asked.close()
    return viewed
  }
  await expect.poll(() => viewedBy(session)).toBe(true)
  expect(await viewedBy(otherSession)).toBe(false)
  assertQuiet()
  await context.close()
})

test('with the stream blocked it polls, and a callback is a toast within 11 s', async ({ browser }) => {
  const context = await browser.newContext({ storageState: session })
  const page = await context.newPage()
  await page.route('**/stream?**', (route) => route.abort())
  await page.goto(`${callboard.url}/callbacks`)
  await expectConnection(page, 'Polling every 10 s')
  const { atMs } = await post('polled')
  await expect(toastOf(page, 'polled')).toBeVisible({ timeout: 11_000 })
  expect(Date.now() - atMs).toBeLessThan(11_000)
  await context.close()
})

test('a reload shows no toast twice, and what came meanwhile once', async ({ browser }) => {
  const { page, context } = await openConsole(browser)
  await post('before_reload')
  await expect(toastOf(page, 'before_reload')).toBeVisible()
  await page.goto('about:blank')
  await post('while_away')
  await page.goto(`${callboard.url}/callbacks`)
  await expect(toastOf(page, 'while_away')).toBeVisible()
  await page.reload()
  await expectConnection(page, 'Live')
  await post('after_reload')
  await expect(toastOf(page, 'after_reload')).toBeVisible()
  await expect(toasts(page)).toHaveCount(1)
  await context.close()
})

test('two tabs show a callback once, and go on when the one that heard it is closed', async ({ browser }) => {
  const { page: first, context } = await openConsole(browser)
  const second = await context.newPage()
  await second.goto(`${callboard.url}/callbacks`)
  await expectConnection(second, 'Live')
  await post('for_two_tabs')
  await expect(toastOf(second, 'for_two_tabs')).toBeVisible()
  await expect(toastOf(first, 'for_two_tabs')).toHaveCount(0)
  await first.close()
  await post('for_one_tab')
  await expect(toastOf(second, 'for_one_tab')).toBeVisible()
  await context.close()
})

test('viewed in one tab, a callback leaves the counts and the toasts of the other', async ({ browser }) => {
  const { page: first, context } = await openConsole(browser)
  const second = await context.newPage()
  await second.goto(`${callboard.url}/callbacks`)
  await expectConnection(second, 'Live')
  const { id } = await post('viewed_elsewhere')
  await expect(toastOf(second, 'viewed_elsewhere')).toBeVisible()
  const unviewed = async () =>
    (await first.request.get(`${callboard.url}/api/admin/llm-callbacks/check?limit=1`).then((r) => r.json()))
      .unviewedCount
  const before = await unviewed()
  await expect(first).toHaveTitle(new RegExp(`^\\(${before}\\) Callbacks · Callboard$`))
  await first.goto(`${callboard.url}/callbacks/${id}`)
  await expect(toastOf(second, 'viewed_elsewhere')).toHaveCount(0)
  await expect(second.getByRole('link', { name: `Callbacks, ${before - 1} unviewed` })).toBeVisible()
  await context.close()
})

test('a burst of 50 is one toast, and leads to exactly these', async ({ browser }) => {
  const { page, context } = await openConsole(browser)
  await send('--workflow', 'burst', '--count', '48')
  await post('burst_failed', { event: 'workflow.failed', status: 'failed', error_message: 'no more' })
  await post('burst_last')
  const summary = toastOf(page, '50 new callbacks: 49 completed, 1 failed')
  await expect(summary).toBeVisible()
  await expect(toasts(page)).toHaveCount(1)
  await expect(summary.getByRole('button', { name: 'View failure' })).toBeVisible()
  await summary.getByRole('button', { name: 'View 50' }).click()
  await expect(page).toHaveURL(/\/callbacks\?ids=/)
  await expect(page.getByRole('grid').getByRole('row')).toHaveCount(51)
  await context.close()
})

test('steps of a job share a toast, which its verdict replaces', async ({ browser }) => {
  const { page, context } = await openConsole(browser)
  const step = (step_id: string) => ({ event: 'llm.step.completed', status: undefined, job_id: 'one-job', step_id })
  await post('stepwise', step('extract'))
  await post('stepwise', step('geocode'))
  await expect(toastOf(page, '2 steps, latest: geocode')).toBeVisible()
  await expect(toasts(page)).toHaveCount(1)
  await post('stepwise', { job_id: 'one-job' })
  await expect(toastOf(page, 'Completed · workflow.completed')).toBeVisible()
  await expect(toasts(page)).toHaveCount(1)
  await context.close()
})

test('a session that has ended stops everything and says so once; offline says so, and is over by itself', async ({
  browser,
}) => {
  const { page, context } = await openConsole(browser)
  await context.setOffline(true)
  const notice = page.getByRole('alert').filter({ hasText: 'You are offline. Callbacks are still received' })
  await expect(notice).toBeVisible()
  await expectConnection(page, 'Offline')
  await context.setOffline(false)
  await expectConnection(page, 'Live')
  await expect(notice).toHaveCount(0)
  await context.clearCookies()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  // A stream of an ended session is closed at its next heartbeat; the network's return asks at once.
  await context.setOffline(true)
  await expectConnection(page, 'Offline')
  await context.setOffline(false)
  await expect(page.getByRole('alert').filter({ hasText: 'You were signed out.' })).toBeVisible()
  const count = () => asked.filter((path) => path.includes('/llm-callbacks')).length
  const before = count()
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  expect(count()).toBe(before)
  await expect(page.getByRole('alert').getByRole('link', { name: 'Sign in' })).toHaveAttribute(
    'href',
    '/sign-in?next=%2Fcallbacks',
  )
  await context.close()
})

test('what is told is chosen in the browser: problems only, or nothing while muted', async ({ browser }) => {
  const { page, context } = await openConsole(browser)
  await page.getByRole('button', { name: 'Notifications: Live' }).click()
  await page.getByRole('radio', { name: 'Problems only' }).check()
  await post('quiet_success')
  await post('loud_failure', { event: 'workflow.failed', status: 'failed', error_message: 'no' })
  await expect(toastOf(page, 'loud_failure')).toBeVisible()
  await expect(toastOf(page, 'quiet_success')).toHaveCount(0)
  await page.getByRole('button', { name: 'Mute 1 h' }).click()
  await expect(page.getByText('Muted until')).toBeVisible()
  await page.keyboard.press('Escape')
  await expectConnection(page, 'Muted')
  await context.close()
})

test('by keyboard alone: from the toast to the window, and by the palette to any page', async ({ browser }) => {
  const { page, context } = await openConsole(browser)
  const assertQuiet = failOnConsoleNoise(page)
  await post('by_keyboard')
  await expect(toastOf(page, 'by_keyboard')).toBeVisible()
  await page.keyboard.press('Alt+t')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(toastOf(page, 'by_keyboard').getByRole('button', { name: 'View Details' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'by_keyboard' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible()
  await page.keyboard.type('attention')
  await expect(page.getByRole('option', { name: 'Needs attention' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${callboard.url}/attention`)
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page).toHaveURL(`${callboard.url}/callbacks`)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Go to Needs attention')
  assertQuiet()
  await context.close()
})

test('the palette opens what is pasted, and searches for what is typed', async ({ browser }) => {
  const { id } = await post('pasted')
  const { page, context } = await openConsole(browser)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible()
  await page.keyboard.insertText(id)
  await page.getByRole('option', { name: `Open callback ${id}` }).click()
  await expect(page.getByRole('dialog', { name: 'pasted' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible()
  await page.keyboard.type('rate limit')
  await page.getByRole('option', { name: 'Search payloads for “rate limit”' }).click()
  await expect(page).toHaveURL(/\/callbacks\?q=rate(\+|%20)limit/)
  await context.close()
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the shell in ${theme}: toast, popover, palette, list of keys`, async ({ browser }) => {
    const context = await browser.newContext({ storageState: session, colorScheme: theme })
    const page = await context.newPage()
    await page.goto(`${callboard.url}/callbacks`)
    await expectConnection(page, 'Live')
    const violations = async () =>
      (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])
    await post(`axe_${theme}`, { event: 'workflow.failed', status: 'failed', error_message: 'no' })
    await expect(toastOf(page, `axe_${theme}`)).toBeVisible()
    await page.getByRole('button', { name: 'Notifications: Live' }).click()
    await expect(page.getByText('Notify about')).toBeVisible()
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible()
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    expect(await violations()).toEqual([])
    await context.close()
  })
}
