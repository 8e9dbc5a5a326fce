import { rmSync } from 'node:fs'
import path from 'node:path'
import { Command } from 'commander'
import { type Environment, readEnvironment } from '@/env'
import { signHmacSha256Hex } from '@/lib/signatures/hmac-sha256-hex'
import type { Callboard } from '@/server/callboard'
import { lockDataDir } from '@/server/data-dir/lock'
import { rootHome } from '@/server/postgres/layout'
import type { Settings } from '@/server/settings'
import { runCallboard } from '../start'
import { freshDelivery } from './deliveries'
import { demoAdmin, seedDemo } from './seed-demo'

const freshEveryMs = 20_000

type DemoOptions = { fresh?: boolean; still?: boolean }

/** `callboard demo`: a Callboard of its own with believable callbacks, so that anyone can look around. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('run a Callboard with some thousand made-up callbacks, in a database of its own')
    .option('--fresh', 'forget the demo as it was left, and fill it anew')
    .option('--still', 'no new callback every 20 s')
    .action(demo)
}

async function demo(options: DemoOptions): Promise<void> {
  const environment = demoEnvironment(readEnvironment())
  if (options.fresh) removeDemo(environment.dataDir)
  let settings: Settings | null = null
  const callboard = await runCallboard(environment, {
    withConsole: true,
    dev: false,
    async prepare(completed, log) {
      settings = completed
      await seedDemo(completed, log, new Date())
    },
    welcome,
  })
  if (!options.still && settings !== null) keepSending(callboard, settings)
}

/** Nothing of the demo may touch what is real: its folder lies in DATA_DIR, its database is always the embedded one. */
function demoEnvironment(environment: Environment): Environment {
  return {
    ...environment,
    dataDir: path.join(path.resolve(environment.dataDir), 'demo'),
    databaseUrl: null,
    databaseDirectUrl: null,
    callboardSecret: null,
    webhookSecrets: null,
    adminEmail: null,
    adminPassword: null,
  }
}

/** @throws where a demo runs there */
function removeDemo(dataDir: string): void {
  lockDataDir(dataDir)()
  rmSync(dataDir, { recursive: true, force: true })
  rmSync(rootHome(dataDir), { recursive: true, force: true })
}

/** A job ends every 20 s, as long as the demo runs. */
function keepSending({ url }: Callboard, { webhookSecrets }: Settings): void {
  const send = () => {
    const { body } = freshDelivery(new Date())
    const headers = { 'x-webhook-signature': signHmacSha256Hex(body, webhookSecrets[0] ?? '') }
    // While it stops nobody is there to take it.
    fetch(`${url}/api/webhooks/llm-callback`, { method: 'POST', headers, body: new Uint8Array(body) })
      .then((response) => response.text())
      .catch(() => undefined)
  }
  setInterval(send, freshEveryMs).unref()
}

function welcome({ publicUrl }: Callboard): string {
  return [
    `  Console         ${publicUrl}`,
    `  E-mail          ${demoAdmin.email}`,
    `  Password        ${demoAdmin.password}`,
    '',
    '  Everything here is made up. Ctrl-C stops it; --fresh begins anew.',
  ].join('\n')
}
