import { spawnSync } from 'node:child_process'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, expect, type Page, test } from '@playwright/test'
import { type RunningCallboard, startCallboard } from './support/callboard'
import { closeContexts } from './support/close-contexts'
import { failOnConsoleNoise } from './support/page-noise'
import { type Session, signInByApi, whenAlive } from './support/signed-in'

const cli = path.resolve(import.meta.dirname, '../../dist/cli.js')
const other = { email: 'other@example.com', password: 'another long password' }

let callboard: RunningCallboard
let session: Session
let otherSession: Session

test.beforeAll(async ({ playwright }) => {
  callboard = await startCallboard()
  const env = { ...process.env, DATA_DIR: callboard.dataDir, ADMIN_PASSWORD: other.password }
  spawnSync(process.execPath, [cli, 'admin', 'create', '--email', other.email], { env })
  const verdict = { event: 'workflow.completed', status: 'completed' }
  for (let n = 0; n < 60; n++) {
    const result = { text: n === 7 ? 'The heliotrope needle in the stack' : `Plain text number ${n}` }
    await callboard.post({ ...verdict, job_id: `job-${n}`, workflow_name: n % 2 === 0 ? 'even' : 'odd', result })
  }
  const step = { event: 'llm.step.completed', job_id: 'job-1', workflow_name: 'odd', step_id: 'first' }
  await callboard.post(step)
  const failed = { event: 'workflow.failed', status: 'failed', error_message: 'Out of tokens' }
  await callboard.post({ ...failed, job_id: 'broken', workflow_name: 'odd' })
  await callboard.post({ ...verdict, event: 'custom.done', job_id: 'custom', workflow_name: 'with, comma' })
  session = await signInByApi(playwright.request, callboard.url)
  otherSession = await signInByApi(playwright.request, callboard.url, other)
})
test.afterEach(({ browser }) => closeContexts(browser))
test.afterAll(() => callboard.remove())

async function open(browser: Browser, query = '', options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    storageState: session,
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  })
  const page = await context.newPage()
  await page.goto(`${callboard.url}/callbacks${query}`)
  await whenAlive(page)
  return page
}

const rows = (page: Page) => page.getByRole('grid').getByRole('row')
/** Without the head. */
const expectRows = (page: Page, count: number) => expect(rows(page)).toHaveCount(count + 1)
const focusedRow = (page: Page) => page.locator('tr:focus')

async function addFilter(page: Page, field: string, ...values: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('button', { name: field, exact: true }).click()
  for (const value of values) await page.getByRole('checkbox', { name: value }).click()
  await page.keyboard.press('Escape')
}

test('filters narrow the rows, stand in the URL, survive a reload, and show another admin the same', async ({
  browser,
}) => {
  const page = await open(browser)
  const assertQuiet = failOnConsoleNoise(page)
  await expectRows(page, 50)
  await addFilter(page, 'Status', 'Failed', 'In progress')
  await expectRows(page, 2)
  await expect(page).toHaveURL(/status=failed%2Cin_progress|status=failed,in_progress/)
  await addFilter(page, 'Event', 'workflow.failed')
  await expectRows(page, 1)
  await page.reload()
  await whenAlive(page)
  await expectRows(page, 1)
  const shared = await open(browser, new URL(page.url()).search, { storageState: otherSession })
  await expectRows(shared, 1)
  await expect(shared.getByText('Out of tokens')).toBeVisible()
  await page.getByRole('button', { name: /^Remove the filter Event/ }).click()
  await expectRows(page, 2)
  await page.getByRole('button', { name: /^Remove the filter Status/ }).click()
  await expectRows(page, 50)
  expect(new URL(page.url()).search).toBe('')
  assertQuiet()
})

test('every filter by itself finds what it names', async ({ browser }) => {
  const page = await open(browser)
  for (const [query, count] of [
    ['workflow=odd&size=100', 32],
    ['workflow=with%252C%20comma', 1],
    ['event=custom.done', 1],
    ['source=llm-callback&size=100', 63],
    ['source=elsewhere', 0],
    ['scheme=hmac-sha256-hex&size=100', 63],
    ['status=!completed', 2],
    ['job=job-1', 2],
    ['viewed=true', 0],
    ['condition=quarantined', 0],
    ['range=15min&size=100', 63],
    ['to=2020-01-01T00:00:00Z', 0],
    ['q=heliotrope', 1],
    ['q=heliotrope%20needle', 1],
    ['q=heliotrope&workflow=even', 0],
    ['q=nowhere', 0],
    ['nonsense=1&status=nonsense', 50],
  ] as const) {
    await page.goto(`${callboard.url}/callbacks?${query}`)
    if (count === 0) await expect(page.getByText('No callbacks match these filters.')).toBeVisible()
    else await expect(rows(page), query).toHaveCount(count + 1)
  }
})

test('the search waits for three characters, marks what it found, and a cell adds its value as a filter', async ({
  browser,
}) => {
  const page = await open(browser)
  const field = page.getByRole('searchbox', { name: 'Search payloads, errors, job ids' })
  await page.keyboard.press('/')
  await page.keyboard.type('he')
  await expect(page.getByText(/3 characters/)).toBeVisible()
  await expectRows(page, 50)
  await page.keyboard.type('liotr')
  await expectRows(page, 1)
  await expect(page.locator('mark').first()).toContainText('heliotr')
  await field.fill('')
  await expectRows(page, 50)
  const cell = page.getByRole('gridcell', { name: 'custom.done', exact: true })
  await cell.click({ modifiers: ['Alt'] })
  await expectRows(page, 1)
  await page.getByRole('button', { name: /^Remove the filter Event/ }).click()
  await expectRows(page, 50)
  await cell.click({ modifiers: ['Alt', 'Shift'] })
  await expect(page).toHaveURL(/event=(!|%21)custom\.done/)
})

test('no match says so, takes filters off, and offers what lies outside the time', async ({ browser }) => {
  const page = await open(browser, '?event=custom.done&to=2020-01-01T00:00:00Z')
  await expect(page.getByText('1 matches outside this time.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all time' }).click()
  await expectRows(page, 1)
})

test('pages go older and newer by a cursor in the URL, in the size that was chosen', async ({ browser }) => {
  const page = await open(browser)
  await expect(page.getByText('1–50 of 63')).toBeVisible()
  await page.getByRole('button', { name: 'Older' }).click()
  await expectRows(page, 13)
  await expect(page).toHaveURL(/cursor=/)
  await page.reload()
  await whenAlive(page)
  await expectRows(page, 13)
  await page.keyboard.press('p')
  await expectRows(page, 50)
  await page.getByLabel('Rows').selectOption('100')
  await expectRows(page, 63)
  await expect(page).toHaveURL(/size=100/)
})

test('tabs, saved views, columns and density', async ({ browser }) => {
  const page = await open(browser)
  const views = page.getByRole('navigation', { name: 'Views' })
  await views.getByRole('button', { name: 'Failed' }).click()
  await expectRows(page, 1)
  await views.getByRole('button', { name: 'All', exact: true }).click()
  await page.goto(`${callboard.url}/callbacks?event=custom.done`)
  await views.getByRole('button', { name: 'Save view' }).click()
  await page.getByLabel('Name of the view').fill('My custom ones')
  await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click()
  await views.getByRole('button', { name: 'All', exact: true }).click()
  await expectRows(page, 50)
  await page.reload()
  await whenAlive(page)
  await views.getByRole('button', { name: 'My custom ones', exact: true }).click()
  await expectRows(page, 1)
  await views.getByRole('button', { name: 'Remove the view My custom ones' }).click()
  await expect(views.getByRole('button', { name: 'My custom ones', exact: true })).toHaveCount(0)

  await page.goto(`${callboard.url}/callbacks`)
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Tokens' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader', { name: 'Tokens' })).toHaveCount(0)
  await expect(page).toHaveURL(/cols=/)
  const height = async () => (await rows(page).nth(1).boundingBox())?.height ?? 0
  const regular = await height()
  await page.getByRole('button', { name: 'Density' }).click()
  await page.getByRole('menuitemradio', { name: 'Compact' }).click()
  await expect.poll(height).toBeLessThan(regular)
})

test('by keyboard alone: move, select, mark, undo, copy, open', async ({ browser }) => {
  const page = await open(browser)
  const assertQuiet = failOnConsoleNoise(page)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(focusedRow(page)).toHaveCount(1)
  expect(await page.getByRole('grid').locator('[tabindex="0"]').count()).toBe(1)
  await page.keyboard.press('Home')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  const bar = page.getByRole('region', { name: 'Selection' })
  await expect(bar).toContainText('3 selected')
  const unviewed = (count: number) => expect(rows(page).filter({ hasText: 'Unviewed' })).toHaveCount(count)
  await unviewed(50)
  await page.keyboard.press('m')
  await unviewed(47)
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await unviewed(50)
  await rows(page).nth(3).focus()
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
  await page.keyboard.press('m')
  await unviewed(49)
  await page.keyboard.press('u')
  await unviewed(50)
  await page.keyboard.press('c')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('job-1')
  await page.keyboard.press('y')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`${callboard.url}/callbacks/`)
  await page.keyboard.press('t')
  await expect(rows(page).nth(1)).toContainText(/\d\d:\d\d:\d\d/)
  await page.keyboard.press('t')
  await page.keyboard.press('f')
  await expect(page.getByRole('dialog', { name: 'Add a filter' })).toBeVisible()
  await page.keyboard.press('Escape')
  await rows(page).nth(3).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'odd' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(rows(page).nth(3)).toBeFocused()
  assertQuiet()
})

test('what matches is marked viewed as a whole, by one admin for themselves, and taken back', async ({ browser }) => {
  const page = await open(browser, '?workflow=even')
  await page.getByRole('button', { name: 'Mark 30 viewed' }).click()
  await expect(page.getByText('30 marked viewed').first()).toBeVisible()
  await expect(rows(page).filter({ hasText: 'Unviewed' })).toHaveCount(0)
  const others = await open(browser, '?workflow=even&viewed=false', { storageState: otherSession })
  await expect(others.getByText('No callbacks match these filters.').or(rows(others).nth(1))).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rows(page).filter({ hasText: 'Unviewed' })).toHaveCount(30)
})

test('a list that can’t be loaded keeps its rows and says why', async ({ browser }) => {
  const page = await open(browser)
  await page.route('**/api/admin/llm-callbacks?**', (route) => route.abort())
  await page.keyboard.press('r')
  const alert = page.getByRole('alert').filter({ hasText: 'Could not load callbacks' })
  await expect(alert).toBeVisible({ timeout: 20_000 })
  await expectRows(page, 50)
  await page.unroute('**/api/admin/llm-callbacks?**')
  await alert.getByRole('button', { name: 'Retry' }).click()
  await expect(alert).toHaveCount(0)
})

test('new rows wait behind a count, and only those that match; Follow brings them in at once', async ({ browser }) => {
  const page = await open(browser, '?workflow=waited')
  const send = (workflow_name: string, job_id: string) =>
    callboard.post({ event: 'workflow.completed', status: 'completed', workflow_name, job_id })
  await send('waited', 'w1')
  await send('other', 'w2')
  const pill = page.getByRole('button', { name: /^\d+ new/ })
  await page.reload()
  await whenAlive(page)
  await expectRows(page, 1)
  await send('waited', 'w3')
  await send('other', 'w4')
  await expect(pill).toHaveText('1 new')
  await expectRows(page, 1)
  await page.keyboard.press('.')
  await expectRows(page, 2)
  await expect(pill).toHaveCount(0)
  await page.keyboard.press('l')
  await expect(page.getByRole('button', { name: 'Follow' })).toHaveAttribute('aria-pressed', 'true')
  await send('waited', 'w5')
  await expectRows(page, 3)
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the callbacks in ${theme}, with menus and a selection, and they fit 320 px`, async ({
    browser,
  }) => {
    const page = await open(browser, '?workflow=odd', { colorScheme: theme })
    const violations = async () =>
      (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await expect(page.getByRole('region', { name: 'Selection' })).toBeVisible()
    expect(await violations()).toEqual([])
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('button', { name: 'Workflow', exact: true }).click()
    await expect(page.getByRole('checkbox', { name: 'even' })).toBeVisible()
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Columns' }).click()
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await violations()).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  })
}
