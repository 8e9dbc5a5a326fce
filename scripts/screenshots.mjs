// `npm run screenshots`: pictures of every page in both themes, of the demo, into docs/screenshots.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { ensureBuilt, ensureInstalled, root, say } from './prepare.mjs'

const folder = path.join(root, 'docs', 'screenshots')
const wide = { width: 1440, height: 900 }
const phone = { width: 320, height: 640 }

ensureInstalled()
ensureBuilt()
const { chromium } = await import('@playwright/test')
const executablePath = await ensureBrowser()
mkdirSync(folder, { recursive: true })

/** One Callboard on a free port and a folder of its own, until `stop`. */
async function startCallboard(command, variables = {}) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'callboard-screenshots-'))
  const port = await freePort()
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(port),
    DATABASE_URL: '',
    LOG_LEVEL: 'warn',
    ...variables,
  }
  const child = spawn(process.execPath, [path.join(root, 'dist', 'cli.js'), ...command], { env, cwd: root })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk))
  while (!printed.includes('Callboard is ready.')) {
    if (child.exitCode !== null) throw new Error(printed)
    await Promise.race([once(child.stderr, 'data'), once(child, 'exit')])
  }
  return {
    url: `http://localhost:${port}`,
    dataDir,
    setupLink: printed.match(/http:\S+\/setup\?\S+/)?.[0],
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

const demoAdmin = { email: 'demo@example.com', password: 'have a look around' }

/** Every picture: where, and what to do there before it is taken. */
const pictures = [
  { name: 'callbacks', path: '/callbacks' },
  { name: 'callbacks-filtered', path: '/callbacks?status=failed%2Ccanceled&range=7d' },
  { name: 'search', path: '/callbacks?q=liability' },
  { name: 'window-result', path: '/callbacks?workflow=contract_review&status=completed', prepare: openFirst },
  { name: 'window-payload', path: '/callbacks?workflow=invoice_extraction&status=completed', prepare: openFirst },
  { name: 'window-failed', path: '/callbacks?status=failed', prepare: openFirst },
  { name: 'attention', path: '/attention' },
  { name: 'attention-rejected', path: '/attention?tab=rejected' },
  { name: 'overview', path: '/overview?range=30d', full: true },
  { name: 'sources', path: '/sources' },
  { name: 'source-new', path: '/sources/new' },
  { name: 'source', path: '/sources/llm-callback' },
  { name: 'admins', path: '/admins' },
  { name: 'profile', path: '/profile', full: true },
  { name: 'palette', path: '/callbacks', prepare: (page) => page.keyboard.press('Control+k') },
]
const phonePictures = ['callbacks', 'attention', 'overview', 'window-result']

async function openFirst(page) {
  await page.getByRole('row').nth(1).getByRole('link').click()
  await page.getByRole('dialog').getByRole('tab', { selected: true }).waitFor()
}

async function take(browser, { url, pictures, size, suffix, session, colorScheme }) {
  const context = await browser.newContext({ viewport: size, storageState: session, colorScheme, locale: 'en-GB' })
  const page = await context.newPage()
  for (const { name, path: at, prepare, full = false } of pictures) {
    await page.goto(new URL(at, url).href)
    await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined)
    await prepare?.(page)
    await page.waitForTimeout(700)
    const file = path.join(folder, `${name}${suffix}-${colorScheme}.png`)
    await page.screenshot({ path: file, fullPage: full, animations: 'disabled' })
    say(path.relative(root, file))
  }
  await context.close()
}

async function signIn(browser, url, data) {
  const context = await browser.newContext()
  const answer = await context.request.post(`${url}/api/auth/sign-in/email`, { headers: { origin: url }, data })
  if (!answer.ok()) throw new Error(`not signed in: ${answer.status()}`)
  const session = await context.storageState()
  await context.close()
  return session
}

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
})
const demo = await startCallboard(['demo', '--still'])
const empty = await startCallboard(['start'])
try {
  const session = await signIn(browser, demo.url, demoAdmin)
  for (const colorScheme of ['light', 'dark']) {
    const common = { session, colorScheme }
    await take(browser, { ...common, url: demo.url, pictures, size: wide, suffix: '' })
    const onPhone = pictures.filter(({ name }) => phonePictures.includes(name))
    await take(browser, { ...common, url: demo.url, pictures: onPhone, size: phone, suffix: '-320' })
    const signedOut = [{ name: 'sign-in', path: '/sign-in' }]
    await take(browser, { colorScheme, url: demo.url, pictures: signedOut, size: wide, suffix: '' })
    const setup = [{ name: 'setup', path: empty.setupLink }]
    await take(browser, { colorScheme, url: empty.url, pictures: setup, size: wide, suffix: '' })
  }
  await firstRun()
} finally {
  await browser.close()
  await demo.stop()
  await empty.stop()
}

/** What a new Callboard shows to its first admin. */
async function firstRun() {
  const started = await startCallboard(['start'], { ADMIN_EMAIL: demoAdmin.email, ADMIN_PASSWORD: demoAdmin.password })
  try {
    const session = await signIn(browser, started.url, demoAdmin)
    for (const colorScheme of ['light', 'dark']) {
      const pictures = [
        {
          name: 'first-run',
          path: '/callbacks',
          prepare: (page) => page.evaluate(showUsualPlace, { dataDir: started.dataDir, url: started.url }),
        },
      ]
      await take(browser, { session, colorScheme, url: started.url, pictures, size: wide, suffix: '' })
    }
  } finally {
    await started.stop()
  }
}

/** In the page: where the folder and the port of this run stand, those that most have are shown. */
function showUsualPlace({ dataDir, url }) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { data } = walker.currentNode
    walker.currentNode.data = data.replaceAll(dataDir, '/srv/callboard').replaceAll(url, 'http://localhost:3000')
  }
}
