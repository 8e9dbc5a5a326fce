import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { signHmacSha256Hex } from '@/lib/signatures/hmac-sha256-hex'
import { freePort } from '@/server/free-port'
import { rootHome } from '@/server/postgres/layout'
import { type Started, startProcess } from './process'

const root = path.resolve(import.meta.dirname, '../../..')

export const admin = { email: 'ana@example.com', password: 'a long enough password' }

export type RunningCallboard = {
  url: string
  dataDir: string
  process: Started
  /** Starts it again on the same DATA_DIR and port. */
  restart(): Promise<void>
  /** Signs a body and posts it as a sender does. */
  post(body: object | string): Promise<{ status: number; json: Record<string, unknown> }>
  remove(): Promise<void>
}

type StartOptions = {
  /** Further parameters of `callboard start`. */
  parameters?: readonly string[]
  /** A folder that is there already; by default a new one. */
  dataDir?: string
  /** Whom it runs as; by default whoever runs the tests. */
  user?: { uid: number; gid: number }
  /** Where the product is; by default here. */
  folder?: string
}

/** The built product, started as `callboard start` on a DATA_DIR of its own. */
export async function startCallboard(
  variables: Record<string, string> = {},
  {
    parameters = [],
    dataDir = mkdtempSync(path.join(tmpdir(), 'callboard-e2e-')),
    user,
    folder = root,
  }: StartOptions = {},
): Promise<RunningCallboard> {
  const port = await freePort()
  const env = {
    DATA_DIR: dataDir,
    PORT: String(port),
    DATABASE_URL: undefined,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    ...variables,
  }
  const launch = async () => {
    const started = startProcess(process.execPath, ['dist/cli.js', 'start', ...parameters], {
      cwd: folder,
      env,
      ...user,
    })
    await started.waitFor('Callboard is ready.', 60_000)
    return started
  }
  const running: RunningCallboard = {
    url: `http://localhost:${port}`,
    dataDir,
    process: await launch(),
    async restart() {
      running.process = await launch()
    },
    async post(body) {
      const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
      const [given] = variables.LLM_WEBHOOK_SECRET?.split(',') ?? []
      const secret = given ?? readFileSync(path.join(dataDir, 'llm-webhook-secret'), 'utf8').trim()
      const response = await fetch(`${running.url}/api/webhooks/llm-callback`, {
        method: 'POST',
        headers: { 'x-webhook-signature': signHmacSha256Hex(bytes, secret) },
        body: bytes,
      })
      return { status: response.status, json: (await response.json()) as Record<string, unknown> }
    },
    async remove() {
      await running.process.stop()
      rmSync(dataDir, { recursive: true, force: true })
      rmSync(rootHome(dataDir), { recursive: true, force: true })
    },
  }
  return running
}
