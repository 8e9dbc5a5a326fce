import { createHmac } from 'node:crypto'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import type { BetterAuthPlugin } from 'better-auth/types'
import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '@/db/client'
import { authKnownNetworks, authUsers } from '@/db/schema'
import { requestingNetwork } from '@/lib/http/requesting-network'
import { deriveKey } from './derive-key'
import { returnTry, takeTry } from './tries'

const triesMax = 10
const windowMs = 15 * 60 * 1000
const knownDays = 30

type Options = { db: Database; secret: string }

/**
 * Limits guesses at one account, from however many addresses they come: 10 wrong passwords in 15 minutes from all networks
 * together that the account has not signed in from within 30 days, and 10 from each that it has. So strangers can use up
 * only their own tries. An e-mail that nobody has is limited alike, and so can't be told from one that somebody has.
 *
 * The try is taken before the password is looked at, and given back when it was right.
 */
export function limitSignIn(options: Options): BetterAuthPlugin {
  const matcher = (context: { path?: string }) => context.path === '/sign-in/email'
  return {
    id: 'callboard-limit-sign-in',
    hooks: {
      before: [
        {
          matcher,
          handler: createAuthMiddleware(async ({ body, headers }) => {
            const email = emailOf(body)
            if (email === null) return
            const key = await triesKey(options, email, requestingNetwork(headers ?? new Headers()))
            const waitSeconds = await takeTry(options.db, { key, triesMax, windowMs })
            if (waitSeconds !== null) throw tooManyTries(waitSeconds)
          }),
        },
      ],
      after: [
        {
          matcher,
          handler: createAuthMiddleware(async ({ body, headers, context: { newSession } }) => {
            const email = emailOf(body)
            if (email === null || !newSession) return
            const network = requestingNetwork(headers ?? new Headers())
            await returnTry(options.db, await triesKey(options, email, network))
            await rememberNetwork(options.db, newSession.user.id, network)
          }),
        },
      ],
    },
  }
}

const bodySchema = z.object({ email: z.email() })

/** What is no e-mail better-auth refuses by itself, before it looks for an account. */
function emailOf(body: unknown): string | null {
  const parsed = bodySchema.safeParse(body)
  return parsed.success ? parsed.data.email.toLowerCase() : null
}

async function triesKey({ db, secret }: Options, email: string, network: string): Promise<string> {
  const scope = (await isKnown(db, email, network)) ? network : 'strangers'
  const hmac = createHmac('sha256', deriveKey(secret, 'callboard sign-in tries v1'))
  return `sign-in:${hmac.update(JSON.stringify([email, scope])).digest('hex')}`
}

/** Index: auth_users_email_key, then the primary key of the networks. */
async function isKnown(db: Database, email: string, network: string): Promise<boolean> {
  const since = sql`now() - ${knownDays} * interval '1 day'`
  const found = await db
    .select({ network: authKnownNetworks.network })
    .from(authKnownNetworks)
    .innerJoin(authUsers, eq(authUsers.id, authKnownNetworks.userId))
    .where(
      and(eq(authUsers.email, email), eq(authKnownNetworks.network, network), gt(authKnownNetworks.signedInAt, since)),
    )
  return found.length > 0
}

async function rememberNetwork(db: Database, userId: string, network: string): Promise<void> {
  await db
    .insert(authKnownNetworks)
    .values({ userId, network })
    .onConflictDoUpdate({
      target: [authKnownNetworks.userId, authKnownNetworks.network],
      set: { signedInAt: sql`now()` },
    })
  const isForgotten = lt(authKnownNetworks.signedInAt, sql`now() - ${knownDays} * interval '1 day'`)
  await db.delete(authKnownNetworks).where(and(eq(authKnownNetworks.userId, userId), isForgotten))
}

function tooManyTries(waitSeconds: number): APIError {
  const headers = { 'X-Retry-After': String(waitSeconds) }
  return new APIError('TOO_MANY_REQUESTS', { message: 'Too many tries for this account.' }, headers)
}
