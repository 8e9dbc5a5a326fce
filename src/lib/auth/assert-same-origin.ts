import { AppError } from '@/lib/http/app-error'

/** Origins whose pages may change anything, as `trustedOriginsOf` gives them. */
type TrustedOrigins = { trustedOrigins: readonly string[] }

/**
 * Refuses what another site's page asks for in the name of a signed-in admin. Every current browser sends Origin with a
 * POST, so a missing one is refused too, and so is the `null` of a sandboxed frame; Next lets both through.
 *
 * @throws AppError `cross_origin` (403)
 */
export function assertSameOrigin(headers: Headers, { trustedOrigins }: TrustedOrigins): void {
  const origin = headers.get('origin')
  if (origin === null || !trustedOrigins.includes(origin)) {
    throw new AppError('cross_origin', 'This must come from a page of Callboard itself.')
  }
}
