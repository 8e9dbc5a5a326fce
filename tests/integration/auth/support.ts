import { randomBytes, randomUUID } from 'node:crypto'
import type { Database } from '@/db/client'
import { llmCallbacks } from '@/db/schema'
import { type Auth, createAuth } from '@/lib/auth/create-auth'
import { trustedOriginsOf } from '@/lib/auth/trusted-origins'

export const publicUrl = 'http://localhost:3000'
export const trustedOrigins = trustedOriginsOf({ publicUrl, port: 3000 })
export const password = 'correct horse battery'

/** The real thing on a test's database. */
export function createTestAuth(db: Database, url = publicUrl): Auth {
  return createAuth({
    db,
    secret: 'x'.repeat(32),
    publicUrl: url,
    trustedOrigins: trustedOriginsOf({ publicUrl: url, port: 3000 }),
  })
}

/** A sign-in as the sign-in page sends it, from an address of its own so that no limit is shared between tests. */
export function signInRequest(email: string, headers: Record<string, string> = {}): Request {
  return new Request(`${publicUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: publicUrl,
      'x-forwarded-for': `10.${[...randomBytes(3)].join('.')}`,
      ...headers,
    },
    body: JSON.stringify({ email, password }),
  })
}

/** The Cookie header that a browser would send after this answer. */
export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** Callbacks that nobody reads the content of. */
export async function insertCallbackRows(db: Database, count: number): Promise<void> {
  const rows = Array.from({ length: count }, () => ({
    id: randomUUID(),
    source: 'llm-callback',
    deliveryKey: randomBytes(32),
    contentDigest: randomBytes(32),
    status: 'completed',
    raw: Buffer.from('{}'),
    payloadState: 'stored',
    signatureValid: true,
  }))
  await db.insert(llmCallbacks).values(rows)
}
