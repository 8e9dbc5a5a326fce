import { hashPassword } from 'better-auth/crypto'
import type { Database } from '@/db/client'
import { takeAdminLock } from './admin-lock'
import { insertAdmin } from './insert-admin'
import { type NewAdmin, newAdminSchema } from './new-admin-schema'

/**
 * Makes an admin who can sign in at once. Reads its input through `newAdminSchema`, which lower-cases the e-mail.
 *
 * @returns the user's id
 * @throws ZodError where the input is not a new admin; AppError `email_taken`
 */
export async function createAdmin(db: Database, input: NewAdmin): Promise<{ id: string }> {
  const { name, email, password } = newAdminSchema.parse(input)
  // Hashing takes a tenth of a second of work by intent, so not while the lock is held.
  const passwordHash = await hashPassword(password)
  const id = await db.transaction(async (tx) => {
    await takeAdminLock(tx)
    return insertAdmin(tx, { name, email, passwordHash })
  })
  return { id }
}
