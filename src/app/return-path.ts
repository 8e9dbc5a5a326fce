const defaultPath = '/callbacks'
const here = 'http://callboard.invalid'

/**
 * Where to go after sign-in: the path that was asked for, if it is one of this site. Whatever leads elsewhere (another
 * host, `//host`, `/\host`, a scheme) becomes the start page, so that a link to us can't send people on to a stranger.
 */
export function returnPath(wanted: string | string[] | undefined): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || !URL.canParse(wanted, here)) return defaultPath
  const url = new URL(wanted, here)
  const path = url.pathname + url.search + url.hash
  // A path of `//` would be read as a host when it is used again.
  return url.origin === here && !path.startsWith('//') ? path : defaultPath
}
