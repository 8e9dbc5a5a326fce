import { destination, type Logger } from 'pino'
import type { Database } from '@/db/client'
import { database } from '@/db/database'
import { type Environment, EnvironmentError, readEnvironment } from '@/env'
import { type Auth, createAuth } from '@/lib/auth/create-auth'
import { trustedOriginsOf } from '@/lib/auth/trusted-origins'
import { createLog } from '@/lib/log/create-log'

export type Runtime = Readonly<{
  environment: Environment
  /** What sessions and sealed secrets are derived from: without it there is no console. */
  callboardSecret: string
  /** Origin under which browsers reach Callboard, with the default filled in. */
  publicUrl: string
  trustedOrigins: readonly string[]
  db: Database
  auth: Auth
  log: Logger
}>

const memo: { callboardRuntime?: Runtime } = globalThis as typeof globalThis & { callboardRuntime?: Runtime }

/**
 * What the console's routes, actions and pages stand on; the only place that puts environment and code together.
 * Made at the first request, so that `next build` needs no environment, and kept on globalThis, because Next
 * bundles each route by itself and reloads modules in development.
 *
 * @throws EnvironmentError where a value that the console can't do without is missing
 */
export function getRuntime(): Runtime {
  memo.callboardRuntime ??= createRuntime(readEnvironment())
  return memo.callboardRuntime
}

function createRuntime(environment: Environment): Runtime {
  const { callboardSecret: secret, port } = environment
  if (secret === null) throw new EnvironmentError('CALLBOARD_SECRET is missing: sessions are signed with it')
  const log = createLog(environment.logLevel, 'console', destination(environment.logFd ?? 1))
  const publicUrl = environment.publicUrl ?? `http://localhost:${port}`
  const trustedOrigins = trustedOriginsOf({ publicUrl, port })
  const db = database()
  const auth = createAuth({
    db,
    secret,
    publicUrl,
    trustedOrigins,
    log: (level, message, err) => log[level]({ err, said: message.slice(0, 300) }, 'sign-in'),
  })
  return { environment, callboardSecret: secret, publicUrl, trustedOrigins, db, auth, log }
}
