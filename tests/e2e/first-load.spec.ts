import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { type RunningCallboard, startCallboard } from './support/callboard'
import { closeContexts } from './support/close-contexts'
import { signInByApi, whenAlive } from './support/signed-in'

/** What the page of callbacks may load before anybody does anything. */
const scriptBytesMax = 250_000

let callboard: RunningCallboard

test.beforeAll(async () => {
  callboard = await startCallboard()
  await callboard.post({ event: 'workflow.completed', job_id: 'one', workflow_name: 'one' })
})
test.afterEach(({ browser }) => closeContexts(browser))
test.afterAll(() => callboard.remove())

test('the page of callbacks asks for less than 250 kB of scripts, compressed', async ({ browser, playwright }) => {
  const context = await browser.newContext({ storageState: await signInByApi(playwright.request, callboard.url) })
  const html = await (await context.request.get(`${callboard.url}/callbacks`)).text()
  const scripts = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g)]
    // For browsers that know no modules, and load nothing else.
    .filter(([tag]) => !/\bnomodule\b/i.test(tag))
    .map(([, src = '']) => new URL(src.replaceAll('&amp;', '&'), callboard.url).href)
  const sizes = await Promise.all(
    [...new Set(scripts)].map(async (url) => {
      const answer = await context.request.get(url)
      expect(answer.status(), url).toBe(200)
      return gzipSync(await answer.body()).byteLength
    }),
  )
  expect(sizes.length).toBeGreaterThan(5)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  expect(total, `${total} bytes in ${sizes.length} scripts`).toBeLessThan(scriptBytesMax)
  await context.close()
})

test('the choice of a narrow navigation is there from the first byte', async ({ browser, playwright }) => {
  const context = await browser.newContext({
    storageState: await signInByApi(playwright.request, callboard.url),
    viewport: { width: 1440, height: 900 },
  })
  const page = await context.newPage()
  await page.goto(`${callboard.url}/callbacks`)
  await whenAlive(page)
  const rail = page.getByRole('navigation', { name: 'Main' }).first()
  expect((await rail.boundingBox())?.width).toBe(216)
  await page.keyboard.press('\\')
  await expect.poll(async () => (await rail.boundingBox())?.width).toBe(52)
  await page.getByRole('link', { name: 'Needs attention' }).hover()
  await expect(page.getByText('Needs attention', { exact: true }).last()).toBeVisible()
  const html = await (await context.request.get(`${callboard.url}/callbacks`)).text()
  expect(html).toContain(' data-collapsed="')
  await page.keyboard.press('\\')
  await expect.poll(async () => (await rail.boundingBox())?.width).toBe(216)
  const wideAgain = await (await context.request.get(`${callboard.url}/callbacks`)).text()
  expect(wideAgain).not.toContain(' data-collapsed="')
  await context.close()
})
