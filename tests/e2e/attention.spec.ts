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
  const failed = { event: 'workflow.failed', status: 'failed' }
  for (const n of [1, 2, 3]) {
    const error_message = `Rate limit: ${n * 11} s until the next try (request 4f${n}a9c0e)`
    await callboard.post({ ...failed, job_id: `f${n}`, workflow_name: 'folded', error_message })
  }
  await callboard.post({ ...failed, job_id: 'single', workflow_name: 'lonely', error_message: 'Something else' })
  const verdict = { event: 'workflow.completed', status: 'completed', job_id: 'changed', workflow_name: 'twofaced' }
  await callboard.post({ ...verdict, result: 'one' })
  await callboard.post({ ...verdict, result: 'two' })
  await callboard.post('{"event":"workflow.completed","job_id":"x","result":NaN,,}')
  const forged = { method: 'POST', headers: { 'x-webhook-signature': `sha256=${'0'.repeat(64)}` }, body: '{}' }
  await fetch(`${callboard.url}/api/webhooks/llm-callback`, forged)
  session = await signInByApi(playwright.request, callboard.url)
  otherSession = await signInByApi(playwright.request, callboard.url, other)
})
test.afterEach(({ browser }) => closeContexts(browser))
test.afterAll(() => callboard.remove())

async function open(browser: Browser, query = '', options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    storageState: session,
    viewport: { width: 1440, height: 900 },
    ...options,
  })
  const page = await context.newPage()
  await page.goto(`${callboard.url}/attention${query}`)
  await whenAlive(page)
  return page
}

const rows = (page: Page) => page.getByRole('grid').getByRole('row')
const kinds = (page: Page) => page.getByRole('navigation', { name: 'Kinds' })

test('a quarantined callback and a variant are found, the rejected are counted by reason', async ({ browser }) => {
  const page = await open(browser)
  const assertQuiet = failOnConsoleNoise(page)
  await expect(kinds(page)).toContainText('Failed4Quarantined1Changed1')
  await kinds(page)
    .getByRole('button', { name: /^Quarantined/ })
    .click()
  await expect(rows(page)).toHaveCount(2)
  await expect(rows(page).nth(1)).toContainText('Quarantined')
  await rows(page).nth(1).click()
  await expect(page.getByRole('dialog')).toContainText('The exact bytes are kept')
  await page.keyboard.press('Escape')
  await kinds(page)
    .getByRole('button', { name: /^Changed/ })
    .click()
  await expect(rows(page).filter({ hasText: 'twofaced' })).toContainText('Changed')
  // The counts of what was refused are written once a second or so.
  await expect(async () => {
    await page.goto(`${callboard.url}/attention?tab=rejected`)
    await expect(page.getByRole('row', { name: /No secret matched/ })).toBeVisible({ timeout: 2_000 })
  }).toPass()
  assertQuiet()
})

test('equal failures are one row, are handled together for the whole team, and taken back', async ({ browser }) => {
  const page = await open(browser)
  const folded = rows(page).filter({ hasText: 'folded' })
  await expect(folded).toHaveCount(1)
  await expect(folded).toContainText('×3')
  await folded.getByRole('button', { name: 'Show all 3' }).click()
  await expect(folded).toHaveCount(3)
  await folded.first().getByRole('button', { name: 'Show one of these' }).click()

  await folded.first().focus()
  await page.keyboard.press('e')
  await expect(folded).toHaveCount(0)
  await expect(rows(page).filter({ hasText: 'lonely' })).toBeFocused()
  const others = await open(browser, '', { storageState: otherSession })
  await expect(rows(others).filter({ hasText: 'lonely' })).toHaveCount(1)
  await expect(rows(others).filter({ hasText: 'folded' })).toHaveCount(0)
  await others.getByRole('button', { name: 'Handled' }).click()
  await expect(rows(others).filter({ hasText: 'folded' }).first()).toContainText('ana')
  await expect(page.getByRole('link', { name: 'Needs attention, 4 open' })).toBeVisible()

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(folded).toHaveCount(1)
  await expect(page.getByRole('link', { name: 'Needs attention, 7 open' })).toBeVisible()
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on what needs attention in ${theme}, which fits 320 px`, async ({ browser }) => {
    const page = await open(browser, '', { colorScheme: theme })
    for (const tab of ['failed', 'quarantined', 'changed', 'rejected']) {
      for (const width of [1440, 320]) {
        await page.setViewportSize({ width, height: 800 })
        await page.goto(`${callboard.url}/attention?tab=${tab}`)
        await expect(page.getByRole('row').or(page.getByRole('status')).first()).toBeAttached()
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect([tab, width, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([tab, width, []])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      }
    }
  })
}
