const pathPrefix = '/api/webhooks/'

/** How senders write it; what else means the same is worked out. */
const usualSlug = /^[a-z0-9-]+$/

/** The source's slug when a request target is a webhook URL as it is shown to senders, without a query; else null. */
export function usualWebhookSlug(target: string): string | null {
  const slug = target.startsWith(pathPrefix) ? target.slice(pathPrefix.length) : ''
  return usualSlug.test(slug) ? slug : null
}

/**
 * The source's slug when a request target is a webhook URL, with or without a trailing slash; else null. The target may be
 * in absolute form (RFC 9112 section 3.2.2), and a base URL that ended in a slash leaves a doubled one: never a redirect.
 * A slug that can't be decoded is none that exists.
 */
export function webhookSlug(target: string): string | null {
  const usual = usualWebhookSlug(target)
  if (usual !== null) return usual
  const path =
    target
      .replace(/^https?:\/\/[^/?#]*/i, '')
      .split('?', 1)[0]
      ?.replace(/\/{2,}/g, '/') ?? ''
  if (!path.startsWith(pathPrefix)) return null
  const rest = path.slice(pathPrefix.length).replace(/\/$/, '')
  try {
    return decodeURIComponent(rest)
  } catch {
    return ''
  }
}
