import type { RejectionReason } from '@/lib/rejected-deliveries/schemas'

/** What each reason is called, and what it usually means. */
export const rejectionWords: Record<RejectionReason, { label: string; meaning: string }> = {
  signature_missing: {
    label: 'Missing signature',
    meaning: 'The sender does not sign yet, or a proxy on the way dropped the header.',
  },
  signature_malformed: {
    label: 'Malformed signature',
    meaning: 'The header is not written as this source expects it: another scheme, or another encoding.',
  },
  no_secret_matched: {
    label: 'No secret matched',
    meaning: 'The sender signs with another secret, or something on the way changed the body.',
  },
  too_old: {
    label: 'Too old',
    meaning: 'The signed time is outside the tolerance: a clock is wrong, or an old delivery was sent again.',
  },
  too_large: {
    label: 'Too large',
    meaning: 'The body is over the limit. Raise MAX_BODY_BYTES, or have the sender send less.',
  },
  unknown_source: {
    label: 'Unknown source',
    meaning: 'The URL names no source: it is mistyped, or the source was removed.',
  },
  other: { label: 'Other', meaning: 'Too many kinds at once to count each: mostly strangers who try addresses.' },
}
