import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test'
import { admin, type RunningCallboard, startCallboard } from './support/callboard'
import { queryDatabase } from './support/database'
import { type Answer, cookieOf, type Sent, sendTo } from './support/request'

/** What a browser, a terminal or a reader could be led astray by. Each sets `__pwned` where it is run. */
const hostile = [
  '<img src=x onerror=window.__pwned=1>',
  '<svg onload=window.__pwned=1>',
  '</script><script>window.__pwned=1</script>',
  '</title><script>window.__pwned=1</script>',
  'javascript:window.__pwned=1',
  '"onmouseover="window.__pwned=1" x="',
  '\u001b[31mred\u001b[0m',
  'exe.\u202egnp',
  '\u2028;window.__pwned=1//',
  '<!--<script>',
  '"]);window.__pwned=1;//',
].join(' ')

let callboard: RunningCallboard
let callbackId: string
let cookie: string

test.beforeAll(async () => {
  callboard = await startCallboard()
  const { json } = await callboard.post({
    event: hostile,
    job_id: hostile,
    step_id: hostile,
    workflow_name: hostile,
    status: hostile,
    error_message: hostile,
    [hostile]: hostile,
    result: { text: hostile },
  })
  callbackId = String(json.id)
  await callboard.post({ event: 'workflow.failed', job_id: 'failed', error_message: hostile, workflow_name: hostile })
  await callboard.post({ event: hostile, result: hostile })
  const headers = { 'content-type': 'application/json', origin: callboard.url }
  cookie = cookieOf(
    await send({ method: 'POST', path: '/api/auth/sign-in/email', headers, body: JSON.stringify(admin) }),
  )
})
test.afterAll(() => callboard.remove())

const send = (sent: Sent) => sendTo(callboard.url, sent)

async function signedIn(context: BrowserContext): Promise<Page> {
  const [name = '', value = ''] = cookie.split(/=(.*)/)
  await context.addCookies([{ name, value, url: callboard.url }])
  return context.newPage()
}

/** Everything that a page may do wrong: run what was planted, ask something, be stopped by its own policy, or call elsewhere. */
function watch(page: Page) {
  const wrong: string[] = []
  page.on('dialog', (dialog) => {
    wrong.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text())
  })
  page.on('pageerror', (error) => wrong.push(error.message))
  page.on('request', (request) => {
    if (!/^data:/.test(request.url()) && !request.url().startsWith(callboard.url)) wrong.push(request.url())
  })
  return wrong
}

const isPwned = (page: Page) => page.evaluate(() => '__pwned' in window)

test('case 66: markup, script and turned text in every field are plain text in the list and in every callback’s window', async ({
  context,
}) => {
  const page = await signedIn(context)
  const wrong = watch(page)
  await page.goto(`${callboard.url}/callbacks`)
  await expect(page.getByRole('row')).toHaveCount(4)
  await expect(page.getByRole('row').filter({ hasText: '<img' })).toHaveCount(2)
  const links = await page.getByRole('row').getByRole('link').all()
  const addresses = new Set(await Promise.all(links.map((link) => link.getAttribute('href'))))
  // Once in a window over the list, and once by its permalink.
  for (const address of addresses) {
    await page.goto(`${callboard.url}/callbacks`)
    await page.locator(`a[href="${address}"]`).first().click()
    await expect(page.getByRole('dialog').getByText('<img src=x onerror=window.__pwned=1>').first()).toBeVisible()
    await page.goto(`${callboard.url}${address}`)
    await readEveryTab(page.getByRole('dialog'))
    await page.evaluate(() => {
      for (const element of document.querySelectorAll('*')) element.dispatchEvent(new MouseEvent('mouseover'))
    })
    await expect(page.locator('[href^="javascript:" i]')).toHaveCount(0)
    expect(await page.locator('img, svg[onload], [onerror], [onmouseover], iframe, object, embed').count()).toBe(0)
    const text = await page.evaluate(() => document.documentElement.innerText + document.title)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be shown as they are.
    expect(text).not.toMatch(/[\u001b\u202e\u2028]/)
    expect(await isPwned(page)).toBe(false)
  }
  expect(addresses.size).toBe(3)
  expect(wrong).toEqual([])
})

test('case 66: no answer that a browser may open as a page holds a sender’s markup unescaped', async () => {
  const paths = ['/callbacks', `/callbacks/${callbackId}`]
  for (const path of paths) {
    const html = await send({ path, headers: { cookie } })
    expect([path, html.status]).toEqual([path, 200])
    expect(html.text).toContain('&lt;img src=x')
    expect(html.text).not.toContain('<img src=x')
    expect(html.text).not.toContain('</script><script>window.__pwned')
    const first = await send({ path, headers: { cookie, rsc: '1' } })
    const rsc = await send({ path: first.headers.location ?? path, headers: { cookie, rsc: '1' } })
    expect([rsc.status, rsc.headers['content-type']]).toEqual([200, 'text/x-component'])
    expect(rsc.text).toContain('img src=x')
    expect(rsc.headers['x-content-type-options']).toBe('nosniff')
  }
})

/** Every way to look at a callback, each of which shows what its sender wrote. */
async function readEveryTab(dialog: Locator): Promise<void> {
  for (const name of ['Result', 'Payload', 'Signature', 'Deliveries', 'Details']) {
    await dialog.getByRole('tab', { name }).click()
    await expect(dialog.getByRole('tabpanel', { name })).not.toBeEmpty()
  }
  await dialog.getByRole('tab', { name: 'Payload' }).click()
  for (const view of ['Text', 'Tree']) {
    await dialog.getByRole('radio', { name: view }).check()
    await expect(dialog.getByText('<img src=x onerror=window.__pwned=1>').first()).toBeVisible()
  }
}

/** The headers of every answer; in a page each script also carries the nonce of that page's policy. */
function expectHeaders(what: string, { headers, text }: Answer): void {
  expect([what, headers]).toEqual([
    what,
    expect.objectContaining({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    }),
  ])
  const policy = String(headers['content-security-policy'])
  const directives = new Map(
    policy.split(';').map(
      (part) =>
        part
          .trim()
          .split(/\s+(.*)/)
          .slice(0, 2) as [string, string],
    ),
  )
  const scripts = directives.get('script-src') ?? directives.get('default-src') ?? ''
  expect([what, scripts]).toEqual([what, expect.not.stringMatching(/unsafe-inline|unsafe-eval|\*|https?:|data:/)])
  expect([what, directives.get('frame-ancestors')]).toEqual([what, "'none'"])
  expect([what, directives.get('base-uri')]).toEqual([what, "'none'"])
  expect([what, directives.get('object-src') ?? directives.get('default-src')]).toEqual([what, "'none'"])
  if (!headers['content-type']?.startsWith('text/html')) return
  const nonce = /'nonce-([^']+)'/.exec(scripts)?.[1]
  for (const [tag] of text.matchAll(/<script\b[^>]*>/g)) {
    expect([what, tag]).toEqual([what, expect.stringContaining(`nonce="${nonce}"`)])
  }
}

test('case 66: every page and error has a policy without inline scripts, a nonce of its own, and the usual headers', async () => {
  const pages: [string, Sent, number][] = [
    ['the list', { path: '/callbacks', headers: { cookie } }, 200],
    ['a callback', { path: `/callbacks/${callbackId}`, headers: { cookie } }, 200],
    ['an unknown callback', { path: '/callbacks/x', headers: { cookie } }, 200],
    ['sign-in', { path: '/sign-in' }, 200],
    ['set-up', { path: '/setup?token=x' }, 200],
    ['a page that is not there', { path: '/nothing' }, 404],
    ['a path that is no UTF-8', { path: '/%ff' }, 404],
    ['a path that can’t be decoded', { path: '/callbacks/%' }, 0],
    ['a redirect to sign-in', { path: '/callbacks' }, 307],
    ['a doubled slash', { path: '//callbacks' }, 308],
    ['a file', { path: '/icon.svg' }, 200],
    ['a file of the build that is not there', { path: '/_next/static/x.js' }, 404],
    ['the image optimiser, switched off', { path: '/_next/image?url=%2Ficon.svg&w=64&q=75' }, 0],
    ['an API answer', { path: '/api/admin/llm-callbacks', headers: { cookie } }, 200],
    ['an API refusal', { path: '/api/admin/llm-callbacks' }, 401],
    ['an API path that is not there', { path: '/api/nothing' }, 404],
    ['an unknown action', { method: 'POST', path: '/callbacks', headers: { 'next-action': 'x' }, body: '[]' }, 0],
    ['a body that is too long', { method: 'POST', path: '/callbacks', body: 'x'.repeat(300_000) }, 413],
    ['a strange host', { path: '/', headers: { host: 'evil.example' } }, 421],
  ]
  const nonces: string[] = []
  for (const [what, sent, status] of pages) {
    const answer = await send(sent)
    if (status !== 0) expect([what, answer.status]).toEqual([what, status])
    expectHeaders(what, answer)
    nonces.push(...(/'nonce-[^']+'/.exec(String(answer.headers['content-security-policy'])) ?? []))
  }
  expect(nonces.length).toBeGreaterThan(5)
  expect(new Set(nonces).size).toBe(nonces.length)

  await queryDatabase(callboard.dataDir, 'update auth_users set role = null')
  const forbidden = await send({ path: '/callbacks', headers: { cookie } })
  await queryDatabase(callboard.dataDir, "update auth_users set role = 'admin'")
  expect(forbidden.status).toBe(403)
  expectHeaders('a page without the role', forbidden)

  await queryDatabase(callboard.dataDir, 'alter table auth_sessions rename to gone')
  const failed = await send({ path: '/callbacks', headers: { cookie } })
  const failedApi = await send({ path: '/api/admin/llm-callbacks', headers: { cookie } })
  await queryDatabase(callboard.dataDir, 'alter table gone rename to auth_sessions')
  expect([failed.status, failedApi.status]).toEqual([500, 500])
  expectHeaders('a page that failed', failed)
  expectHeaders('an API answer that failed', failedApi)
})

test('case 66: the front door’s own page, shown while the console starts, runs nothing', async ({ page }) => {
  const pid = Number(/"consolePid":(\d+)(?!.*"consolePid")/s.exec(callboard.process.output())?.[1])
  process.kill(pid, 'SIGKILL')
  let answer: Answer | null = null
  await expect(async () => {
    answer = await send({ path: `/callbacks?x=${encodeURIComponent(hostile)}`, headers: { accept: 'text/html' } })
    expect(answer.status).toBe(503)
  }).toPass()
  if (answer) expectHeaders('the starting page', answer)
  await expect(async () => expect((await page.goto(`${callboard.url}/sign-in`))?.status()).toBe(200)).toPass()
})

test('case 66: what is downloaded is an attachment that no browser guesses at, and its name holds nothing of a sender', async () => {
  for (const path of [`/api/admin/llm-callbacks/${callbackId}/raw`, '/api/admin/llm-callbacks?format=csv']) {
    const answer = await send({ path, headers: { cookie } })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="llm-callback[\w.-]+"$/)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['content-type']).toMatch(/^(application\/octet-stream|text\/csv)/)
    expectHeaders(path, answer)
  }
})

test('case 66: the page itself stops a script that was planted into it', async ({ context }) => {
  const page = await signedIn(context)
  await page.goto(`${callboard.url}/callbacks`)
  await page.evaluate(() => {
    const planted = document.createElement('div')
    planted.innerHTML = '<img src="/none.png" onerror="window.__pwned=1"><a href="javascript:window.__pwned=1">x</a>'
    document.body.append(planted)
    planted.querySelector('a')?.click()
    document.body.insertAdjacentHTML('beforeend', '<script>window.__pwned=1</script>')
    return new Promise((resolve) => {
      planted.querySelector('img')?.addEventListener('error', () => setTimeout(resolve))
    })
  })
  expect(await isPwned(page)).toBe(false)
})
