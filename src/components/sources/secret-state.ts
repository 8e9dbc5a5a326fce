import type { SecretItem } from '@/lib/sources/schemas'
import type { BadgeTone } from '../ui/badge'

/** Whether a secret still verifies anything, at a time in ISO 8601. */
export function secretState(
  { revokedAt, expiresAt, isGone }: SecretItem,
  now: string,
): { label: string; tone: BadgeTone } {
  if (isGone) return { label: 'Removed', tone: 'neutral' }
  if (revokedAt !== null) return { label: 'Revoked', tone: 'neutral' }
  return expiresAt !== null && expiresAt <= now
    ? { label: 'Expired', tone: 'neutral' }
    : { label: 'Live', tone: 'success' }
}

/** How a person tells it from others. */
export function secretName({ name, hint }: Pick<SecretItem, 'name' | 'hint'>): string {
  const end = hint === '' ? '' : `…${hint}`
  return [name, end].filter((part) => part !== '').join(' ') || 'the unnamed secret'
}
