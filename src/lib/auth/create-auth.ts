import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { admin } from 'better-auth/plugins/admin'
import type { Database } from '@/db/client'
import { authAccounts, authRateLimits, authSessions, authUsers, authVerifications } from '@/db/schema'
import { deriveKey } from './derive-key'
import { limitSignIn } from './limit-sign-in'
import { passwordLengthMax, passwordLengthMin } from './password-length'

export type AuthLogLevel = 'debug' | 'info' | 'warn' | 'error'

type AuthOptions = {
  db: Database
  /** CALLBOARD_SECRET; the key that signs session cookies is derived from it. */
  secret: string
  /** Origin under which browsers reach Callboard; https makes the cookies Secure. */
  publicUrl: string
  trustedOrigins: readonly string[]
  /** Told what better-auth has to say. An error that comes with it may quote a session token in its message. */
  log?: (level: AuthLogLevel, message: string, error?: Error) => void
}

const sessionSeconds = 7 * 24 * 60 * 60
const sessionRefreshSeconds = 24 * 60 * 60

/**
 * Sign-in by e-mail and password over our own tables. Nobody can sign up: admins are made by `createAdmin`.
 * Every value is given here, so that none of better-auth's own environment variables decides anything about safety.
 */
export function createAuth({ db, secret, publicUrl, trustedOrigins, log }: AuthOptions) {
  return betterAuth({
    appName: 'Callboard',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: deriveKey(secret, 'callboard session v1').toString('base64url'),
    trustedOrigins: [...trustedOrigins],
    telemetry: { enabled: false },
    logger: {
      log: (level, message, ...details) =>
        log?.(
          level,
          message,
          details.find((detail) => detail instanceof Error),
        ),
    },
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: {
        user: authUsers,
        session: authSessions,
        account: authAccounts,
        verification: authVerifications,
        rateLimit: authRateLimits,
      },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLengthMin,
      maxPasswordLength: passwordLengthMax,
    },
    plugins: [admin({ bannedUserMessage: 'This account is blocked.' }), limitSignIn({ db, secret })],
    // No cookie cache: a session that was ended must be out at the next request, not minutes later.
    session: { expiresIn: sessionSeconds, updateAge: sessionRefreshSeconds },
    // Shared by all replicas. Sign-in keeps better-auth's own rule besides: 3 tries in 10 seconds from one address.
    rateLimit: { enabled: true, storage: 'database' },
    advanced: {
      cookiePrefix: 'callboard',
      useSecureCookies: publicUrl.startsWith('https://'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: 'uuid' },
      // The front door deletes what clients send and sets this header itself. One IPv6 customer commonly holds a /56.
      ipAddress: { ipAddressHeaders: ['x-forwarded-for'], ipv6Subnet: 56 },
      // Said aloud, because better-auth turns both checks off by itself where NODE_ENV is "test".
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
  })
}

export type Auth = ReturnType<typeof createAuth>
