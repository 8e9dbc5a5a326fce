import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { admin, type RunningCallboard, startCallboard } from './support/callboard'
import { closeContexts } from './support/close-contexts'
import { failOnConsoleNoise } from './support/page-noise'
import { type Session, signInByApi, whenAlive } from './support/signed-in'

let callboard: RunningCallboard
let session: Session

test.beforeAll(async ({ playwright }) => {
  callboard = await startCallboard()
  await callboard.post({ event: 'workflow.completed', job_id: 'one', workflow_name: 'first' })
  session = await signInByApi(playwright.request, callboard.url)
})
test.afterEach(({ browser }) => closeContexts(browser))
test.afterAll(() => callboard.remove())

async function open(browser: Browser, path: string, storageState = session): Promise<Page> {
  const context = await browser.newContext({ storageState, permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  await page.goto(`${callboard.url}${path}`)
  return page
}

async function openAlive(browser: Browser, path: string): Promise<Page> {
  const page = await open(browser, path)
  await whenAlive(page)
  return page
}

/** Invites from the page, and returns the link that it shows. */
async function invite(page: Page, email: string): Promise<string> {
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite an admin' })
  await dialog.getByLabel('E-mail').fill(email)
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const link = await dialog.getByText('/invite?token=').innerText()
  await page.keyboard.press('Escape')
  return link
}

async function accept(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.waitForLoadState('networkidle')
  await page.getByLabel('Name').fill(name)
  await page.getByLabel(/^Password/).fill('another long password')
  await page.getByRole('button', { name: 'Join and sign in' }).click()
  await expect(page).toHaveURL(`${callboard.url}/callbacks`)
}

test('an invited admin joins by a link that works once, and is out the moment they are removed', async ({
  browser,
}) => {
  const page = await openAlive(browser, '/admins')
  const assertQuiet = failOnConsoleNoise(page)
  const link = await invite(page, 'ben@example.com')
  await expect(page.getByRole('row', { name: /ben@example\.com/ })).toContainText('Invited · expires in 6 d')
  const ben = await (await browser.newContext()).newPage()
  await accept(ben, link, 'Ben')
  await expect(ben.getByRole('grid')).toBeVisible()
  const second = await (await browser.newContext()).newPage()
  await second.goto(link)
  await expect(second.getByRole('heading', { name: 'This invite is no longer good' })).toBeVisible()

  await page.reload()
  await whenAlive(page)
  const row = page.getByRole('row', { name: /ben@example\.com/ })
  await expect(row).toContainText('Active')
  await ben.goto(`${callboard.url}/admins`)
  await expect(ben.getByText('Owners invite and remove admins.')).toBeVisible()
  await expect(ben.getByRole('button', { name: 'Invite' })).toHaveCount(0)

  await row.getByRole('button', { name: 'Remove Ben' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove Ben' }).click()
  await expect(row).toContainText('Removed')
  const refused = await ben.request.get(`${callboard.url}/api/admin/llm-callbacks/check`)
  expect(refused.status()).toBe(401)
  assertQuiet()
})

test('the last owner can’t be removed or demoted, and the page says why', async ({ browser }) => {
  const page = await openAlive(browser, '/admins')
  const row = page.getByRole('row', { name: /ana@example\.com/ })
  await expect(row).toContainText('The last owner stays.')
  await expect(row.getByRole('button', { name: /^Remove/ })).toBeDisabled()
  await expect(row.getByRole('button', { name: /an admin$/ })).toBeDisabled()
})

test('an invite is revoked, an owner is made, and demotes the first one', async ({ browser }) => {
  const page = await openAlive(browser, '/admins')
  const revoked = await invite(page, 'eve@example.com')
  await page.getByRole('button', { name: 'Revoke the invite of eve@example.com' }).click()
  await expect(page.getByRole('row', { name: /eve@example\.com/ })).toHaveCount(0)
  const eve = await (await browser.newContext()).newPage()
  await eve.goto(revoked)
  await expect(eve.getByRole('heading', { name: 'This invite is no longer good' })).toBeVisible()

  const link = await invite(page, 'cleo@example.com')
  const cleo = await (await browser.newContext()).newPage()
  await accept(cleo, link, 'Cleo')
  await page.reload()
  await whenAlive(page)
  await page.getByRole('button', { name: 'Make Cleo an owner' }).click()
  await expect(page.getByRole('row', { name: /cleo@example\.com/ })).toContainText('Owner')
  await page.getByRole('button', { name: 'Make Cleo an admin' }).click()
  await expect(page.getByRole('row', { name: /cleo@example\.com/ })).toContainText('Admin')
})

test('the profile renames, lists sessions, and a new password ends the others but not this one', async ({
  browser,
}) => {
  const page = await openAlive(browser, '/admins')
  const link = await invite(page, 'dora@example.com')
  const dora = await (await browser.newContext()).newPage()
  await accept(dora, link, 'Dora')
  const state = await dora.context().storageState()
  await dora.goto(`${callboard.url}/profile`)
  await whenAlive(dora)
  await dora.getByLabel('Name', { exact: true }).fill('Dora the second')
  await dora.getByRole('button', { name: 'Save name' }).click()
  await expect(dora.getByText('Name saved.').first()).toBeVisible()
  await expect(dora.getByRole('button', { name: 'Account of Dora the second' })).toBeVisible()
  await expect(dora.getByRole('region', { name: 'Sessions' })).toContainText('This session')

  await dora.getByLabel('Current password').fill('not the password')
  await dora.getByLabel('New password', { exact: true }).fill('a new long password')
  await dora.getByRole('button', { name: 'Change password' }).click()
  await expect(dora.getByText('The current password is wrong.')).toBeVisible()
  await dora.getByLabel('Current password').fill('another long password')
  await dora.getByRole('button', { name: 'Change password' }).click()
  await expect(dora.getByText('Password changed. All other sessions have ended.').first()).toBeVisible()
  await dora.reload()
  await expect(dora.getByRole('heading', { name: 'Profile' })).toBeVisible()
  const old = await open(browser, '/callbacks', state)
  await expect(old).toHaveURL(/\/sign-in/)
})

test('the whole address survives signing in, windows included', async ({ browser }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const { json } = await callboard.post({ event: 'workflow.completed', job_id: 'two', workflow_name: 'second' })
  await page.goto(`${callboard.url}/callbacks?status=completed&open=${json.id}`)
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByLabel('Password', { exact: true }).fill(admin.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('dialog', { name: 'second' })).toBeVisible()
  await expect(page).toHaveURL(/status=completed/)
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the pages of people in ${theme}, which fit 320 px`, async ({ browser }) => {
    const size = { width: 320, height: 640 }
    const signedIn = await browser.newContext({ storageState: session, colorScheme: theme, viewport: size })
    const signedOut = await browser.newContext({ colorScheme: theme, viewport: size })
    const admins = await openAlive(browser, '/admins')
    const link = new URL(await invite(admins, `${theme}@example.com`))
    const pages = [
      [signedIn, '/admins', 'Admins'],
      [signedIn, '/profile', 'Profile'],
      [signedOut, '/sign-in', 'Sign in to Callboard'],
      [signedOut, link.pathname + link.search, 'Join Callboard'],
      [signedOut, '/invite', 'This invite is no longer good'],
    ] as const
    for (const [context, path, heading] of pages) {
      const page = await context.newPage()
      await page.goto(`${callboard.url}${path}`)
      await expect(page.getByRole('heading', { name: heading })).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect([path, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([path, []])
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect([path, width]).toEqual([path, 320])
      await page.close()
    }
  })
}
