import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { Database } from '@/db/client'
import { authSessions, authUsers } from '@/db/schema'
import { deriveKey } from '@/lib/auth/derive-key'
import { callboardSecret } from './front-door'

/** Makes an admin who is signed in, without the password and the wait that signing in takes. Returns the Cookie header. */
export async function signedInAdmin(db: Database): Promise<string> {
  const email = `${randomUUID()}@example.com`
  const [user] = await db
    .insert(authUsers)
    .values({ name: 'Ana', email, emailVerified: true, role: 'admin' })
    .returning({ id: authUsers.id })
  if (!user) throw new Error('the admin was not made')
  const token = randomBytes(24).toString('base64url')
  await db.insert(authSessions).values({ userId: user.id, token, expiresAt: new Date(Date.now() + 3_600_000) })
  const secret = deriveKey(callboardSecret, 'callboard session v1').toString('base64url')
  const signature = createHmac('sha256', secret).update(token).digest('base64')
  return `callboard.session_token=${encodeURIComponent(`${token}.${signature}`)}`
}
