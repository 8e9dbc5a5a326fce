import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { type RunningCallboard, startCallboard } from './support/callboard'
import { closeContexts } from './support/close-contexts'
import { failOnConsoleNoise } from './support/page-noise'
import { type Session, signInByApi } from './support/signed-in'

let callboard: RunningCallboard
let session: Session

test.beforeAll(async ({ playwright }) => {
  callboard = await startCallboard()
  session = await signInByApi(playwright.request, callboard.url)
})
test.afterEach(({ browser }) => closeContexts(browser))
test.afterAll(() => callboard.remove())

test('while the first callback is waited for, a rejected one shows at once, and a test callback becomes the first row', async ({
  browser,
}) => {
  const context = await browser.newContext({ storageState: session, viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const assertQuiet = failOnConsoleNoise(page)
  await page.goto(`${callboard.url}/callbacks`)
  await expect(page.getByRole('heading', { name: 'Waiting for the first callback' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Notifications: Live' })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])

  const forged = { method: 'POST', headers: { 'x-webhook-signature': `sha256=${'0'.repeat(64)}` }, body: '{}' }
  await fetch(`${callboard.url}/api/webhooks/llm-callback`, forged)
  await expect(page.getByText(/A delivery was rejected .+ ago: no secret matched\./)).toBeVisible({ timeout: 15_000 })

  await page.getByRole('button', { name: 'Send a test callback' }).click()
  const row = page.getByRole('row').filter({ hasText: 'emergency_contacts' })
  await expect(row).toBeFocused()
  await expect(page.getByRole('status').filter({ hasText: 'First callback received.' })).toHaveCount(1)
  assertQuiet()
})
