export type LinkTarget = { href: string; host: string }

const safe = new Set(['http:', 'https:', 'mailto:'])

/** Where a link of a sender's leads, if it may be followed: to another site or to a mailbox, never to a script or to us. */
export function readLink(url: string): LinkTarget | null {
  if (!URL.canParse(url)) return null
  const { protocol, host, pathname, href } = new URL(url)
  if (!safe.has(protocol)) return null
  return { href, host: protocol === 'mailto:' ? pathname : host }
}
