import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { freePort } from '@/server/free-port'
import { type Clone, freshClone } from './support/fresh-clone'
import { failOnConsoleNoise } from './support/page-noise'
import { type Started, startProcess } from './support/process'

let clone: Clone
let callboard: Started | null = null

test.beforeAll(() => {
  clone = freshClone()
})

test.afterAll(async () => {
  await callboard?.stop()
  clone.remove()
})

/** Somebody else's server where Callboard would be by default; where the port is taken, that server is left alone. */
async function listenOnDefaultPort() {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    response.end()
  })
  await new Promise<void>((resolve) => {
    server.once('error', () => resolve())
    server.listen(3000, '127.0.0.1', resolve)
  })
  return { requests, close: () => server.close() }
}

test('a newcomer runs one command on a fresh clone, sends a signed callback and sees it in the console', async ({
  page,
}) => {
  test.setTimeout(10 * 60_000)
  const assertQuiet = failOnConsoleNoise(page)
  const stranger = await listenOnDefaultPort()
  const env = { PORT: String(await freePort()), CI: undefined, DATA_DIR: undefined, DATABASE_URL: undefined }
  callboard = startProcess('npm', ['start'], { cwd: clone.folder, env })
  await callboard.waitFor('Callboard is ready.', 9 * 60_000)

  const setupLink = /http:\/\/\S+\/setup\?token=\S+/.exec(callboard.output())?.[0] ?? ''
  await page.goto(setupLink)
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  }
  await page.getByLabel('Name').fill('Ana')
  await page.getByLabel('E-mail').fill('ana@example.com')
  await page.getByLabel(/^Password/).fill('a long enough password')
  await page.getByRole('button', { name: 'Make admin and sign in' }).click()
  await expect(page.getByText('Waiting for the first callback')).toBeVisible()
  // After an action Next asks itself for the next page, with the visitor's cookie: it must know where it itself is.
  expect(stranger.requests).toEqual([])
  stranger.close()

  const sent = execFileSync('npm', ['run', '--silent', 'send', '--', '--workflow', 'emergency_contacts'], {
    cwd: clone.folder,
    env: { ...process.env, ...env } as NodeJS.ProcessEnv,
    encoding: 'utf8',
  })
  expect(sent).toMatch(/^200 {2}\d+\.\d ms {2}\{"received":true/)

  // By itself: the page waits for it.
  const row = page.getByRole('row').filter({ hasText: 'emergency_contacts' })
  await expect(row).toHaveCount(1)
  await expect(row).toContainText('Completed')
  await row.getByRole('link').first().click()
  await expect(page).toHaveURL(/\/callbacks\?open=[0-9a-f-]{36}/)
  const dialog = page.getByRole('dialog', { name: 'emergency_contacts' })
  await dialog.getByRole('tab', { name: 'Payload' }).click()
  await dialog.getByRole('radio', { name: 'Text' }).check()
  await expect(dialog.getByRole('region', { name: 'Exact text' })).toContainText('Poison control')
  assertQuiet()

  await page.goto(setupLink)
  await expect(page.getByText('This link was used or has expired.')).toBeVisible()
  // npm ends by the signal that it passed on; what counts is that Callboard stopped in order.
  await callboard.stop()
  await expect.poll(callboard.output).toContain('"msg":"stopped"')
})
