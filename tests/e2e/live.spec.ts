import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test'
import { type RunningCallboard, startCallboard } from './support/callboard'
import { closeContexts } from './support/close-contexts'
import { startHoldingProxy } from './support/holding-proxy'
import { type Session, signInByApi, whenAlive } from './support/signed-in'

let callboard: RunningCallboard
let session: Session

test.beforeAll(async ({ playwright }) => {
  callboard = await startCallboard()
  await callboard.post({ event: 'workflow.completed', job_id: 'before', workflow_name: 'before' })
  session = await signInByApi(playwright.request, callboard.url)
})
test.afterEach(({ browser }) => closeContexts(browser))
test.afterAll(() => callboard.remove())

const connection = (page: Page, word: string) => page.getByRole('button', { name: `Notifications: ${word}` })
const toasts = (page: Page) => page.getByRole('region', { name: 'Notifications' }).getByRole('listitem')
const toastOf = (page: Page, text: string) => toasts(page).filter({ hasText: text })

async function post(workflow: string): Promise<void> {
  await callboard.post({ event: 'workflow.completed', job_id: workflow, workflow_name: workflow, status: 'completed' })
}

/** The session where the browser sees another port: cookies belong to a host, not to its port. */
async function openThroughProxy(browser: Browser, bytesPassed: number) {
  const proxy = await startHoldingProxy(callboard.url, bytesPassed)
  const context = await browser.newContext({ storageState: session, viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.clock.install()
  await page.goto(`${proxy.url}/callbacks`)
  return {
    page,
    async close() {
      await context.close()
      proxy.stop()
    },
  }
}

test('a stream of which nothing comes through gives way to polling after 20 s', async ({ browser }) => {
  const { page, close } = await openThroughProxy(browser, 0)
  const stream = page.waitForRequest('**/stream?**')
  await stream
  await page.clock.fastForward(19_000)
  await expect(connection(page, 'Connecting')).toBeVisible()
  await page.clock.fastForward(2_000)
  await expect(connection(page, 'Polling every 10 s')).toBeVisible()
  await post('held_back')
  await page.clock.fastForward(10_000)
  await expect(toastOf(page, 'held_back')).toBeVisible()
  await close()
})

test('a stream that opens and then falls silent gives way to polling, and nothing is missed', async ({ browser }) => {
  const { page, close } = await openThroughProxy(browser, 1)
  await expect(connection(page, 'Live')).toBeVisible()
  await post('after_the_first_byte')
  await page.clock.fastForward(21_000)
  await expect(connection(page, 'Polling every 10 s')).toBeVisible()
  await page.clock.fastForward(10_000)
  await expect(toastOf(page, 'after_the_first_byte')).toBeVisible()
  await close()
})

/** A page as it is over plain HTTP from another machine: without Web Locks. */
async function withoutLocks(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }))
}

test('without Web Locks the tab that has the focus tells, and a reload tells nothing twice', async ({ browser }) => {
  const context = await browser.newContext({ storageState: session })
  await withoutLocks(context)
  const open = async (hasFocus: boolean) => {
    const page = await context.newPage()
    // A test's pages all believe to have the focus.
    await page.addInitScript((has) => {
      document.hasFocus = () => has
    }, hasFocus)
    await page.goto(`${callboard.url}/callbacks`)
    await whenAlive(page)
    return page
  }
  const behind = await open(false)
  const front = await open(true)
  await post('without_locks')
  await expect(toastOf(front, 'without_locks')).toBeVisible()
  await expect(behind.getByRole('button', { name: '1 new' })).toBeVisible()
  await expect(toasts(behind)).toHaveCount(0)
  await front.reload()
  await whenAlive(front)
  await post('after_reload')
  await expect(toastOf(front, 'after_reload')).toBeVisible()
  await expect(toasts(front)).toHaveCount(1)
  await context.close()
})

test('desktop notifications: asked for by their switch alone, shown while no tab is seen, and lead to the window', async ({
  browser,
}) => {
  const context = await browser.newContext({ storageState: session, viewport: { width: 1440, height: 900 } })
  // The desktop itself: what is under test ends where the browser's notification begins.
  await context.addInitScript(() => {
    const desktop = { asked: 0, shown: [] as { title: string; body: string; tag: string; click: () => void }[] }
    class DesktopNotification extends EventTarget {
      static permission = 'default'
      static async requestPermission() {
        desktop.asked += 1
        DesktopNotification.permission = 'granted'
        return 'granted'
      }
      constructor(title: string, { body, tag }: { body: string; tag: string }) {
        super()
        desktop.shown.push({ title, body, tag, click: () => this.dispatchEvent(new Event('click')) })
      }
      close() {}
    }
    Object.assign(window, { desktop, Notification: DesktopNotification })
  })
  const page = await context.newPage()
  const desktop = () =>
    page.evaluate(() => {
      const { asked, shown } = (window as unknown as { desktop: { asked: number; shown: { title: string }[] } }).desktop
      return { asked, titles: shown.map(({ title }) => title) }
    })
  const beHidden = (isHidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'visibilityState', {
        configurable: true,
        get: () => (hidden ? 'hidden' : 'visible'),
      })
    }, isHidden)

  await page.goto(`${callboard.url}/callbacks`)
  await whenAlive(page)
  expect((await desktop()).asked).toBe(0)
  await connection(page, 'Live').click()
  await page.getByRole('switch', { name: /^Desktop notifications/ }).click()
  await expect.poll(desktop).toEqual({ asked: 1, titles: [] })
  await page.keyboard.press('Escape')

  await post('seen_in_the_tab')
  await expect(toastOf(page, 'seen_in_the_tab')).toBeVisible()
  expect((await desktop()).titles).toEqual([])
  await beHidden(true)
  await post('seen_on_the_desktop')
  await expect.poll(async () => (await desktop()).titles).toEqual(['seen_on_the_desktop'])
  await beHidden(false)
  await page.evaluate(() =>
    (window as unknown as { desktop: { shown: { click: () => void }[] } }).desktop.shown[0]?.click(),
  )
  await expect(page.getByRole('dialog', { name: 'seen_on_the_desktop' })).toBeVisible()
  await context.close()
})

test('after an absence, what came is told as a whole', async ({ browser }) => {
  const context = await browser.newContext({ storageState: session })
  const page = await context.newPage()
  await page.goto(`${callboard.url}/callbacks`)
  await whenAlive(page)
  await post('before_the_absence')
  await expect(toastOf(page, 'before_the_absence')).toBeVisible()
  // A page of the same browser that follows nothing, while two minutes pass.
  await page.goto(`${callboard.url}/api/health`)
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith('callboard.feed.'))) {
      const position = JSON.parse(localStorage.getItem(key) ?? '')
      localStorage.setItem(key, JSON.stringify({ ...position, atMs: position.atMs - 120_000 }))
    }
  })
  await post('first_of_the_absence')
  await post('second_of_the_absence')
  await page.goto(`${callboard.url}/callbacks`)
  await expect(toastOf(page, 'While you were away: 2 completed')).toBeVisible()
  await expect(toasts(page)).toHaveCount(1)
  await context.close()
})

test('a small screen has the connection and the settings of notifications under More', async ({ browser }) => {
  const context = await browser.newContext({ storageState: session, viewport: { width: 375, height: 700 } })
  const page = await context.newPage()
  await page.goto(`${callboard.url}/callbacks`)
  await whenAlive(page)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Notifications: Live' }).click()
  const dialog = page.getByRole('dialog', { name: 'Notifications' })
  await expect(dialog).toContainText('New callbacks show at once.')
  await dialog.getByRole('radio', { name: 'Problems only' }).check()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await context.close()
})
