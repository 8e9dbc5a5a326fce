import { setTimeout as sleep } from 'node:timers/promises'
import AxeBuilder from '@axe-core/playwright'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
  test,
} from '@playwright/test'
import { admin, type RunningCallboard, startCallboard } from './support/callboard'
import { closeContexts } from './support/close-contexts'
import { queryDatabase } from './support/database'
import { failOnConsoleNoise } from './support/page-noise'
import { whenAlive } from './support/signed-in'

let callboard: RunningCallboard
/** One session for all tests: the fourth quick sign-in from one address is refused. */
let session: Awaited<ReturnType<BrowserContext['storageState']>>
const ids: Record<string, string> = {}

const now = () => new Date().toISOString()
const prose = [
  '# Report',
  'Text with a [link](https://elsewhere.example/page), a [script](javascript:window.__pwned=1) and <img src=x onerror=window.__pwned=1>.',
  '![tracking pixel](https://tracker.example/pixel.png)',
  '<script>window.__pwned=1</script> <iframe src="https://frame.example"></iframe>',
  '## Findings',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '- [x] done',
  '## Next',
  'What there is to do next. '.repeat(10),
].join('\n\n')

/** What the tests open, the last one first in the list. */
async function sendCallbacks(): Promise<void> {
  const send = async (name: string, body: object | string) => {
    const { json } = await callboard.post(body)
    ids[name] = String(json.id)
  }
  const job = { job_id: 'job-1', workflow_name: 'summary' }
  await send('step', { event: 'llm.step.completed', ...job, step_id: 'outline', duration_ms: 840, timestamp: now() })
  const verdict = { event: 'workflow.completed', ...job, status: 'completed', duration_ms: 187_000 }
  await send('prose', { ...verdict, result: { text: prose }, timestamp: now() })
  await send('variant', { ...verdict, result: { text: `${prose} More.` }, timestamp: now() })
  await send(
    'digits',
    `{"event":"workflow.completed","job_id":"digits","workflow_name":"digits","result":{"n":[1e400,12345678901234567890,0.10,NaN],"a":1,"a":2},"timestamp":"${now()}"}`,
  )
  const error = {
    type: 'RateLimit',
    message: 'The model gave up.\nTwice.',
    retryable: true,
    suggestions: ['Wait a minute'],
  }
  await send('failed', { event: 'workflow.failed', job_id: 'failed', workflow_name: 'triage', error, timestamp: now() })
}

test.beforeAll(async ({ playwright }) => {
  callboard = await startCallboard()
  await sendCallbacks()
  const request = await playwright.request.newContext()
  const headers = { origin: callboard.url }
  expect((await request.post(`${callboard.url}/api/auth/sign-in/email`, { headers, data: admin })).status()).toBe(200)
  session = await request.storageState()
  await request.dispose()
})
test.afterEach(({ browser }) => closeContexts(browser))
test.afterAll(() => callboard.remove())

async function signedIn(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    storageState: session,
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  })
  return context.newPage()
}

const linkTo = (id: string | undefined) => `a[href="/callbacks/${id}"]`
const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ has: page.locator(linkTo(ids[name])) })
const windowNamed = (page: Page, name: string) => page.getByRole('dialog', { name })
const opened = (page: Page) => new URL(page.url()).searchParams.get('open')

async function viewedByAdmin(name: string, page: Page): Promise<boolean> {
  return (await page.request.get(`${callboard.url}/api/admin/llm-callbacks/${ids[name]}`)).json().then((d) => d.viewed)
}

test('a row opens a window over the list, Back closes it, and the URL alone opens it again', async ({ browser }) => {
  const page = await signedIn(browser)
  const assertQuiet = failOnConsoleNoise(page)
  await page.goto(`${callboard.url}/callbacks`)
  await rowOf(page, 'digits').click()
  await expect(windowNamed(page, 'digits')).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'triage' })).toBeVisible()
  await expect.poll(() => opened(page)).toBe(ids.digits)
  await windowNamed(page, 'digits').getByRole('tab', { name: 'Signature' }).click()
  await expect.poll(() => opened(page)).toBe(`${ids.digits}.signature`)
  await page.reload()
  await expect(windowNamed(page, 'digits').getByRole('tab', { name: 'Signature' })).toHaveAttribute(
    'aria-selected',
    'true',
  )
  await expect(windowNamed(page, 'digits').getByText('hmac-sha256-hex')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(opened(page)).toBeNull()
  assertQuiet()
})

test('the permalink shows the callbacks page with the window open, and is left for the page by closing', async ({
  browser,
}) => {
  const page = await signedIn(browser)
  const assertQuiet = failOnConsoleNoise(page)
  await page.goto(`${callboard.url}/callbacks/${ids.failed}`)
  const dialog = windowNamed(page, 'triage')
  await expect(dialog.getByRole('region', { name: 'Error' })).toContainText('The model gave up.\nTwice.')
  await expect(dialog.getByRole('region', { name: 'Error' })).toContainText('RateLimit')
  await expect(dialog.getByRole('region', { name: 'Error' })).toContainText('Wait a minute')
  await expect(page).toHaveURL(`${callboard.url}/callbacks/${ids.failed}`)
  await dialog.getByRole('button', { name: 'Copy link' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${callboard.url}/callbacks/${ids.failed}`)
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(page).toHaveURL(`${callboard.url}/callbacks`)
  await expect(rowOf(page, 'failed')).toBeFocused()
  assertQuiet()
})

for (const id of ['01900000-0000-7000-8000-000000000000', 'nonsense']) {
  test(`the link of a callback that is not there (${id}) says so in the window`, async ({ browser }) => {
    const page = await signedIn(browser)
    await page.goto(`${callboard.url}/callbacks/${id}`)
    await expect(page.getByRole('dialog').getByRole('alert')).toHaveText(
      'No callback has this id. It may have been removed, or the link is from another Callboard.',
    )
    await expect(rowOf(page, 'failed')).toBeVisible()
  })
}

test('several stand beside each other, are dragged and resized, and stay in the viewport', async ({ browser }) => {
  const page = await signedIn(browser, { viewport: { width: 1920, height: 1000 } })
  const assertQuiet = failOnConsoleNoise(page)
  await page.goto(`${callboard.url}/callbacks`)
  await rowOf(page, 'digits').click()
  await expect(windowNamed(page, 'digits')).toBeVisible()
  await rowOf(page, 'failed').click({ modifiers: ['Shift'] })
  const [first, second] = [windowNamed(page, 'digits'), windowNamed(page, 'triage')]
  await expect(second).toBeVisible()
  const before = { first: await first.boundingBox(), second: await second.boundingBox() }
  expect((before.second?.x ?? 0) + (before.second?.width ?? 0)).toBeLessThan(before.first?.x ?? 0)
  await expect.poll(() => opened(page)).toBe(`${ids.digits},${ids.failed}`)

  const title = second.getByRole('heading', { name: 'triage' })
  await title.hover()
  await page.mouse.down()
  await page.mouse.move(200, 400, { steps: 5 })
  await page.mouse.move(-500, 4000, { steps: 5 })
  await page.mouse.up()
  const dragged = await second.boundingBox()
  expect(dragged?.x).toBe(0)
  expect((dragged?.y ?? 0) + (dragged?.height ?? 0)).toBe(1000)
  expect((await first.boundingBox())?.x).toBe(before.first?.x)

  const edge = { x: (dragged?.width ?? 0) - 1, y: (dragged?.y ?? 0) + 200 }
  await page.mouse.move(edge.x, edge.y)
  await page.mouse.down()
  await page.mouse.move(100, edge.y, { steps: 5 })
  await page.mouse.up()
  await expect.poll(async () => (await second.boundingBox())?.width).toBe(420)

  await page.setViewportSize({ width: 1100, height: 500 })
  await expect
    .poll(async () => {
      const box = await first.boundingBox()
      return box !== null && box.x >= 0 && box.x + box.width <= 1100 && box.y >= 0 && box.y + box.height <= 500
    })
    .toBe(true)
  assertQuiet()
})

test('a window is minimised into the dock, restored, and maximised to a modal one', async ({ browser }) => {
  const page = await signedIn(browser)
  await page.goto(`${callboard.url}/callbacks`)
  await rowOf(page, 'digits').click()
  const dialog = windowNamed(page, 'digits')
  await dialog.getByRole('button', { name: 'Minimise' }).click()
  await expect(dialog).toBeHidden()
  await expect(rowOf(page, 'digits')).toBeFocused()
  await expect.poll(() => opened(page)).toBeNull()
  await page.getByRole('button', { name: 'Restore digits' }).click()
  await expect(dialog).toBeFocused()
  await dialog.getByRole('button', { name: 'Maximise' }).click()
  await expect(dialog).toHaveAttribute('aria-modal', 'true')
  expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 1440, height: 900 })
  await expect(page.locator('[inert] main')).toHaveCount(1)
  await dialog.getByRole('button', { name: 'Restore size' }).click()
  await expect(page.locator('[inert]')).toHaveCount(0)
})

test('a window is moved, snapped and tiled by keyboard', async ({ browser }) => {
  const page = await signedIn(browser)
  await page.goto(`${callboard.url}/callbacks/${ids.digits}`)
  const dialog = windowNamed(page, 'digits')
  await expect(dialog).toBeFocused()
  const before = await dialog.boundingBox()
  const choose = async (item: string) => {
    await dialog.getByRole('button', { name: 'Window', exact: true }).press('Enter')
    await page.getByRole('menuitem', { name: item }).press('Enter')
  }
  await choose('Move')
  await expect(dialog.getByText('Move with the arrow keys')).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  expect(await dialog.boundingBox()).toMatchObject({ x: (before?.x ?? 0) - 80, y: (before?.y ?? 0) + 16 })
  await choose('Resize')
  await expect(dialog.getByText('Resize with the arrow keys')).toBeVisible()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
  expect((await dialog.boundingBox())?.height).toBe((before?.height ?? 0) - 16)
  await choose('Snap left')
  await expect.poll(() => dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 720, height: 900 })
})

test('by keyboard alone: open, choose tabs, search, step, go to the page and back, close', async ({ browser }) => {
  const page = await signedIn(browser)
  const assertQuiet = failOnConsoleNoise(page)
  await page.goto(`${callboard.url}/callbacks`)
  const dialog = page.getByRole('dialog')
  // Until the page is alive a key does nothing.
  await expect(async () => {
    await rowOf(page, 'digits').press('Enter')
    await expect(dialog).toHaveAccessibleName('digits', { timeout: 500 })
  }).toPass()
  await expect(dialog).toBeFocused()
  await expect(dialog.getByRole('tree')).toBeVisible()
  for (const [key, name] of ['Result', 'Payload', 'Signature', 'Deliveries', 'Details'].entries()) {
    await page.keyboard.press(String(key + 1))
    await expect(dialog.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true')
  }
  await page.keyboard.press('2')
  await expect(dialog.getByRole('tree')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('WORKFLOW')
  await expect(dialog.getByText('1 of 2')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('2 of 2')).toBeVisible()
  await page.keyboard.press('Shift+Enter')
  await expect(dialog.getByText('1 of 2')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeFocused()
  await expect(dialog.getByText('2 of 5')).toBeVisible()
  await page.keyboard.press('k')
  await expect(dialog).toHaveAccessibleName('triage')
  await expect(dialog.getByRole('tab', { name: 'Payload' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('F6')
  await expect(rowOf(page, 'failed')).toBeFocused()
  await page.keyboard.press('F6')
  await expect(dialog).toBeFocused()
  // Tab goes round inside.
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  await expect(dialog.getByRole('button', { name: 'Next callback' })).toBeFocused()
  // The innermost first: the button's tooltip, then the window.
  await expect(page.getByRole('tooltip')).toHaveText('Next callback')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(rowOf(page, 'failed')).toBeFocused()
  assertQuiet()
})

test('opening marks it viewed for this admin alone; passing by does not, and unviewing takes it back', async ({
  browser,
}) => {
  const [other] = await queryDatabase<{ id: string }>(
    callboard.dataDir,
    "insert into auth_users (name, email, role) values ('Other', 'other@example.com', 'admin') returning id",
  )
  await queryDatabase(callboard.dataDir, 'delete from llm_callback_views')
  const page = await signedIn(browser)
  await page.goto(`${callboard.url}/callbacks`)
  await rowOf(page, 'variant').click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('viewed by you')
  await expect.poll(() => viewedByAdmin('variant', page)).toBe(true)
  const views = await queryDatabase(callboard.dataDir, 'select from llm_callback_views where admin_user_id = $1', [
    other?.id,
  ])
  expect(views).toEqual([])
  // Past one that was sent before it, on to the one before that.
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect.poll(() => viewedByAdmin('step', page)).toBe(true)
  expect(await viewedByAdmin('prose', page)).toBe(false)
  await page.keyboard.press('u')
  await expect(dialog.getByRole('status').filter({ hasText: 'Marked unviewed' })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Mark viewed' })).toBeVisible()
  await expect.poll(() => viewedByAdmin('step', page)).toBe(false)
})

test('stepping on while it is being saved that the first was viewed has no page rendered anew', async ({ browser }) => {
  await queryDatabase(callboard.dataDir, 'delete from llm_callback_views')
  const page = await signedIn(browser)
  await page.goto(`${callboard.url}/callbacks`)
  const renders: string[] = []
  page.on('request', (request) => {
    if (request.isNavigationRequest() || /open=.*_rsc/.test(request.url())) renders.push(request.url())
  })
  await page.route('**/*', async (route) => {
    if (route.request().method() === 'POST') await sleep(600)
    await route.continue()
  })
  await rowOf(page, 'variant').click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('viewed by you')
  for (const position of ['4 of 5', '5 of 5']) {
    await page.keyboard.press('j')
    await expect(dialog.getByText(position)).toBeVisible()
  }
  await expect.poll(() => viewedByAdmin('step', page)).toBe(true)
  expect(await viewedByAdmin('variant', page)).toBe(true)
  expect(renders).toEqual([])
})

test('what was viewed on another page is viewed in the list that Back returns to', async ({ browser }) => {
  await queryDatabase(callboard.dataDir, 'delete from llm_callback_views')
  const page = await signedIn(browser)
  await page.goto(`${callboard.url}/callbacks`)
  await whenAlive(page)
  await expect(rowOf(page, 'failed').getByText('Unviewed')).toBeAttached()
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByRole('region', { name: 'Last failures' }).getByRole('link').click()
  await expect(page.getByRole('dialog')).toContainText('viewed by you')
  await page.getByRole('button', { name: 'Close' }).click()
  for (let steps = 0; steps < 4 && new URL(page.url()).pathname !== '/callbacks'; steps++) await page.goBack()
  await expect(rowOf(page, 'variant').getByText('Unviewed')).toBeAttached()
  await expect(rowOf(page, 'failed').getByText('Unviewed')).toHaveCount(0)
})

test('what failed is marked as handled, and Details say by whom', async ({ browser }) => {
  const page = await signedIn(browser)
  await page.goto(`${callboard.url}/callbacks/${ids.failed}`)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Mark handled' }).click()
  await expect(dialog.getByRole('button', { name: 'Mark not handled' })).toBeVisible()
  await page.reload()
  await expect(dialog.getByRole('button', { name: 'Mark not handled' })).toBeVisible()
  await dialog.getByRole('tab', { name: 'Details' }).click()
  await expect(dialog.getByRole('tabpanel')).toContainText(/Handledby \S+/)
  await page.goto(`${callboard.url}/callbacks/${ids.digits}`)
  await expect(dialog.getByRole('button', { name: 'Mark unviewed' })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Mark handled' })).toHaveCount(0)
})

test('case 66: hostile Markdown is read without anything of it being loaded, run or followed', async ({ browser }) => {
  const page = await signedIn(browser)
  const assertQuiet = failOnConsoleNoise(page)
  const elsewhere: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(callboard.url)) elsewhere.push(request.url())
  })
  await page.goto(`${callboard.url}/callbacks/${ids.prose}`)
  const result = page.getByRole('dialog').getByRole('region', { name: 'Result' })
  await expect(result.getByRole('heading', { name: 'Findings' })).toBeVisible()
  await expect(result.getByText('Image not loaded · tracker.example · tracking pixel')).toBeVisible()
  const link = result.getByRole('link', { name: 'link (elsewhere.example)' })
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer')
  await expect(result.getByText('<script>window.__pwned=1</script>')).toBeVisible()
  await expect(result.getByRole('link')).toHaveCount(1)
  await result.getByText('script', { exact: true }).click()
  await expect(result.locator('img, script, iframe, [href^="javascript:" i], [onerror]')).toHaveCount(0)
  await result.getByText('Outline, 3 headings').click()
  await result.getByRole('button', { name: 'Next' }).click()
  await expect(result.getByRole('heading', { name: 'Next' })).toBeFocused()
  expect(await page.evaluate(() => '__pwned' in window)).toBe(false)
  await page.getByRole('dialog').getByText('Source', { exact: true }).click()
  await expect(page.getByRole('dialog').getByText('![tracking pixel](https://tracker.example/pixel.png)')).toBeVisible()
  expect(elsewhere).toEqual([])
  assertQuiet()
})

test('case 34: numbers are shown and copied digit for digit, and duplicate keys both', async ({ browser }) => {
  const page = await signedIn(browser)
  await page.goto(`${callboard.url}/callbacks/${ids.digits}`)
  const tree = page.getByRole('tree', { name: 'Payload' })
  const list = tree.getByRole('treeitem', { name: /^n:/ })
  await list.click()
  for (const digits of ['1e400', '12345678901234567890', '0.10', 'NaN'])
    await expect(tree.getByRole('treeitem').filter({ hasText: digits })).toBeVisible()
  await expect(tree.getByRole('treeitem', { name: /^a:/ })).toHaveText([/a:1/, /a:2/])
  const number = tree.getByRole('treeitem').filter({ hasText: '12345678901234567890' })
  await number.hover()
  await number.getByRole('button', { name: 'Copy value' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('12345678901234567890')
  await number.getByRole('button', { name: 'Copy path' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('result.n[1]')
  await page.getByRole('dialog').getByText('Text', { exact: true }).click()
  await expect(page.getByRole('region', { name: 'Exact text' })).toContainText(
    '"n":[1e400,12345678901234567890,0.10,NaN],"a":1,"a":2}',
  )
})

test('the tree is read by keyboard, as trees are', async ({ browser }) => {
  const page = await signedIn(browser)
  await page.goto(`${callboard.url}/callbacks/${ids.digits}`)
  const tree = page.getByRole('tree')
  await tree.focus()
  const active = () => tree.getByRole('treeitem', { selected: true })
  await expect(active()).toContainText('keys')
  await page.keyboard.press('End')
  await expect(active()).toContainText('timestamp')
  await page.keyboard.press('ArrowUp')
  await expect(active()).toContainText('a:2')
  await page.keyboard.press('ArrowLeft')
  await expect(active()).toContainText('result')
  await page.keyboard.press('ArrowLeft')
  await expect(active()).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(active()).toContainText('n:')
})

test('a variant opens what differs from the first, without its timestamp', async ({ browser }) => {
  const page = await signedIn(browser)
  await page.goto(`${callboard.url}/callbacks?open=${ids.variant}.deliveries`)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Compare' }).click()
  await expect(dialog.getByText('1 of 6 values differ')).toBeVisible()
  await expect(dialog.getByRole('rowheader', { name: 'result.text' })).toBeVisible()
})

test('case 30: what is not UTF-8 is shown in hex digits, with the reason', async ({ browser }) => {
  const page = await signedIn(browser)
  const assertQuiet = failOnConsoleNoise(page)
  const id = await postBytes(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]))
  await page.goto(`${callboard.url}/callbacks/${id}`)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('The body is not UTF-8: unexpected byte 0xff at byte 2')
  await expect(dialog.getByRole('region', { name: 'Bytes in hex digits' })).toContainText('7b 22 ff fe 22 7d')
  assertQuiet()
})

async function postBytes(bytes: Buffer): Promise<string> {
  const before = await queryDatabase<{ id: string }>(callboard.dataDir, 'select id from llm_callbacks')
  const { signHmacSha256Hex } = await import('@/lib/signatures/hmac-sha256-hex')
  const { readFileSync } = await import('node:fs')
  const secret = readFileSync(`${callboard.dataDir}/llm-webhook-secret`, 'utf8').trim()
  await fetch(`${callboard.url}/api/webhooks/llm-callback`, {
    method: 'POST',
    headers: { 'x-webhook-signature': signHmacSha256Hex(bytes, secret) },
    body: new Uint8Array(bytes),
  })
  const after = await queryDatabase<{ id: string }>(callboard.dataDir, 'select id from llm_callbacks')
  return after.find(({ id }) => !before.some((one) => one.id === id))?.id ?? ''
}

const large = {
  '1 MB in a single string': () => ({ result: { text: 'prose and more of it. '.repeat(46_000) } }),
  '50,000 keys': () => ({
    result: Object.fromEntries(Array.from({ length: 50_000 }, (_, key) => [`key ${key}`, key])),
  }),
  '300,000 elements': () => ({ result: Array.from({ length: 300_000 }, (_, index) => index % 10) }),
}

/** A window with one 50,000 times as large draws no more of it than a screen shows, some of it twice over. */
const elementsMax = 1_500

for (const [what, result] of Object.entries(large)) {
  test(`case 42: of ${what} a window draws no more than is seen, also after scrolling`, async ({ browser }) => {
    const { json } = await callboard.post({
      event: 'workflow.completed',
      job_id: what,
      workflow_name: 'large',
      ...result(),
    })
    const page = await signedIn(browser)
    await page.goto(`${callboard.url}/callbacks/${json.id}`)
    const dialog = page.getByRole('dialog')
    const content = dialog.locator('[role="tree"], [aria-label="Result"]')
    await expect(content).toBeVisible()
    expect(await dialog.locator('*').count()).toBeLessThan(elementsMax)
    await content.press('End')
    expect(await dialog.locator('*').count()).toBeLessThan(elementsMax)
  })
}

test('at 390 px a window takes the whole screen, and the page behind it can’t be reached', async ({ browser }) => {
  const page = await signedIn(browser, { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true })
  await page.goto(`${callboard.url}/callbacks/${ids.failed}`)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toHaveAttribute('aria-modal', 'true')
  expect(await dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 800 })
  await expect(page.locator('[inert] main')).toHaveCount(1)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await dialog.getByRole('button', { name: 'Close' }).tap()
  await expect(page.locator('[inert]')).toHaveCount(0)
  await expect(rowOf(page, 'failed')).toBeFocused()
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in a window in ${theme}, on any tab`, async ({ browser }) => {
    const page = await signedIn(browser, { colorScheme: theme })
    await page.goto(`${callboard.url}/callbacks/${ids.variant}`)
    const dialog = page.getByRole('dialog')
    const lightness = await dialog.evaluate((element) => {
      const canvas = document.createElement('canvas').getContext('2d')
      if (!canvas) throw new Error('no canvas')
      canvas.fillStyle = getComputedStyle(element).backgroundColor
      canvas.fillRect(0, 0, 1, 1)
      return canvas.getImageData(0, 0, 1, 1).data[0] ?? 0
    })
    expect(lightness > 128).toBe(theme === 'light')
    for (const tab of ['Result', 'Payload', 'Signature', 'Deliveries', 'Details']) {
      await dialog.getByRole('tab', { name: tab }).click()
      if (tab === 'Deliveries') await dialog.getByRole('button', { name: 'Compare' }).click()
      await expect(dialog.getByRole('tabpanel', { name: tab })).not.toBeEmpty()
      const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze()
      expect([tab, violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])]).toEqual([tab, []])
    }
  })
}
