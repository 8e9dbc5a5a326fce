import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { signHmacSha256Hex } from '@/lib/signatures/hmac-sha256-hex'
import { freePort } from '@/server/free-port'
import { type Clone, freshClone } from './support/fresh-clone'
import { type Started, startProcess } from './support/process'

/** The OS user `nobody` of Debian, Ubuntu and Alpine. */
const nobody = { uid: 65_534, gid: 65_534 }

let clone: Clone
let image: string
let callboard: Started | null = null

test.beforeAll(() => {
  clone = freshClone()
  image = mkdtempSync(path.join(tmpdir(), 'callboard-image-'))
  chmodSync(image, 0o755)
})

test.afterAll(async () => {
  await callboard?.stop()
  clone.remove()
  rmSync(image, { recursive: true, force: true })
})

test('the Dockerfile’s own steps give a Callboard that an unprivileged user runs on 0.0.0.0', async () => {
  test.setTimeout(10 * 60_000)
  const dockerfile = readFileSync(path.join(clone.folder, 'Dockerfile'), 'utf8')
  const [build = '', final = ''] = dockerfile.split(/^FROM .*$/m).slice(1)
  for (const [, command = ''] of build.matchAll(/^RUN (.+)$/gm)) {
    execFileSync('sh', ['-c', command], { cwd: clone.folder, stdio: ['ignore', 'ignore', 'inherit'] })
  }
  for (const [, from = '', to = ''] of final.matchAll(/^COPY --from=build \/app\/(\S+) (\S+)$/gm)) {
    const target = to.endsWith('/') ? path.join(image, to, path.basename(from)) : path.join(image, to)
    execFileSync('mv', [path.join(clone.folder, from), target])
  }
  const command: string[] = JSON.parse(/^CMD (.+)$/m.exec(final)?.[1] ?? '[]')
  const dataDir = path.join(image, 'data')
  mkdirSync(dataDir)
  const user = process.getuid?.() === 0 ? nobody : null
  if (user) chownSync(dataDir, user.uid, user.gid)

  const port = await freePort()
  const env = {
    NODE_ENV: 'production',
    HOST: '0.0.0.0',
    PORT: String(port),
    DATA_DIR: dataDir,
    HOME: dataDir,
    DATABASE_URL: undefined,
    LLM_WEBHOOK_SECRET: 'a secret for the container test only',
  }
  callboard = startProcess(command[0] ?? '', command.slice(1), { cwd: image, env, ...user })
  await callboard.waitFor('Callboard is ready.', 60_000)

  const body = '{"event":"workflow.completed","job_id":"in-a-container"}'
  const signature = signHmacSha256Hex(Buffer.from(body), env.LLM_WEBHOOK_SECRET)
  const answer = await fetch(`http://127.0.0.1:${port}/api/webhooks/llm-callback`, {
    method: 'POST',
    headers: { 'x-webhook-signature': signature },
    body,
  })
  expect(await answer.json()).toMatchObject({ received: true, callbackId: 'in-a-container', duplicate: false })
  const signInPage = async () => (await fetch(`http://127.0.0.1:${port}/sign-in`)).status
  await expect.poll(signInPage, { timeout: 30_000 }).toBe(200)
  expect(await callboard.stop()).toBe(0)
})
