import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { sourceSecrets } from '@/db/schema'

/** The secrets that are kept for a source and verify something. */
export function isLiveSecretOf(source: string): SQL | undefined {
  return and(
    eq(sourceSecrets.source, source),
    isNotNull(sourceSecrets.sealed),
    isNull(sourceSecrets.revokedAt),
    sql`(${sourceSecrets.expiresAt} is null or ${sourceSecrets.expiresAt} > now())`,
  )
}
