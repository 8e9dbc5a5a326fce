import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, expect, type Page, test } from '@playwright/test'
import { type RunningCallboard, startCallboard } from './support/callboard'
import { closeContexts } from './support/close-contexts'
import { failOnConsoleNoise } from './support/page-noise'
import { type Session, signInByApi, whenAlive } from './support/signed-in'

let callboard: RunningCallboard
let session: Session

test.beforeAll(async ({ playwright }) => {
  callboard = await startCallboard()
  const verdict = { event: 'workflow.completed', status: 'completed', duration_ms: 4_000, cost_usd: 0.5 }
  for (let n = 0; n < 8; n++) await callboard.post({ ...verdict, job_id: `a${n}`, workflow_name: 'alpha' })
  const failed = { event: 'workflow.failed', status: 'failed', error_message: 'No more tokens' }
  await callboard.post({ ...failed, job_id: 'b1', workflow_name: 'beta' })
  await callboard.post({ ...failed, job_id: 'b2', workflow_name: 'beta' })
  session = await signInByApi(playwright.request, callboard.url)
  const request = await playwright.request.newContext({ storageState: session })
  // The figures follow the feed; what was sent is counted within moments.
  await expect
    .poll(async () => {
      const overview = await request.get(`${callboard.url}/api/admin/overview`).then((response) => response.json())
      return overview.totals.counts.completed + overview.totals.counts.failed
    })
    .toBe(10)
  await request.dispose()
})
test.afterEach(({ browser }) => closeContexts(browser))
test.afterAll(() => callboard.remove())

async function open(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    storageState: session,
    viewport: { width: 1440, height: 900 },
    ...options,
  })
  const page = await context.newPage()
  await page.goto(`${callboard.url}/overview`)
  await whenAlive(page)
  return page
}

const chart = (page: Page) => page.getByRole('figure', { name: /^10 callbacks in the last 24 hours/ })

test('the figures are what was sent, and each leads to what is behind it', async ({ browser }) => {
  const page = await open(browser)
  const assertQuiet = failOnConsoleNoise(page)
  const tile = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  await expect(tile('Callbacks')).toContainText('10')
  await expect(tile('Success rate')).toContainText('80 %')
  await expect(tile('Unviewed')).toContainText('10')
  await expect(tile('Cost')).toContainText('$4.00')
  await expect(page.getByRole('row', { name: /^beta/ })).toContainText('0 of 2')
  await expect(page.getByRole('link', { name: /beta No more tokens/ })).toHaveCount(2)
  await expect(chart(page)).toContainText('2 failed, 8 completed')

  await page.getByRole('button', { name: 'alpha' }).click()
  await expect(page).toHaveURL(/workflow=alpha/)
  await expect(tile('Success rate')).toContainText('100 %')
  await page.reload()
  await expect(tile('Success rate')).toContainText('100 %')
  await tile('Callbacks').getByRole('link').click()
  await expect(page.getByRole('grid').getByRole('row')).toHaveCount(9)
  assertQuiet()
})

test('by keyboard: a bar leads to its callbacks, and every chart has its numbers as a table', async ({ browser }) => {
  const page = await open(browser)
  await chart(page).getByRole('button', { name: 'Show as table' }).focus()
  await page.keyboard.press('v')
  await expect(chart(page).getByRole('cell', { name: '8', exact: true })).toBeVisible()
  await page.keyboard.press('v')
  await expect(chart(page).getByRole('table')).toHaveCount(0)
  await page.keyboard.press('Tab')
  const bar = chart(page).getByRole('button', { name: /2 failed, 8 completed/ })
  // All ten came within one bucket, or on both sides of the full half hour.
  if ((await bar.count()) === 0) return
  await expect(bar).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('End')
  await expect(bar).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/callbacks\?from=.+&to=/)
  await expect(page.getByRole('grid').getByRole('row')).toHaveCount(11)
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the overview in ${theme}, which fits 320 px`, async ({ browser }) => {
    const page = await open(browser, { colorScheme: theme, viewport: { width: 320, height: 640 } })
    await expect(chart(page).getByRole('button', { name: /completed$/ })).not.toHaveCount(0)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  })
}
