import type { Logger } from 'pino'
import type { Database } from '@/db/client'
import { adminExists } from '@/lib/auth/admin-exists'
import { createAdmin } from '@/lib/auth/create-admin'
import { createSetupLink } from '@/lib/auth/setup-link'
import { AppError } from '@/lib/http/app-error'
import type { Settings } from './settings'

/**
 * Sees to it that somebody can sign in: makes the admin of ADMIN_EMAIL and ADMIN_PASSWORD, or a one-time link.
 * @returns the link; null when there is an admin.
 */
export async function prepareFirstAdmin(
  db: Database,
  { settings, publicUrl, log }: { settings: Settings; publicUrl: string; log: Logger },
): Promise<string | null> {
  if (await adminExists(db)) return null
  const { adminEmail: email, adminPassword: password } = settings
  if (password && !email) log.warn('ADMIN_PASSWORD is set without ADMIN_EMAIL: no admin is made from it')
  if (!email || !password) return createSetupLink(db, { publicUrl, now: new Date() })
  try {
    await createAdmin(db, { email, password, name: email.split('@')[0] ?? email })
    log.info('the first admin was made from ADMIN_EMAIL')
  } catch (error) {
    // Another replica that started at the same moment made it.
    if (!(error instanceof AppError && error.code === 'email_taken')) throw error
  }
  return null
}
