const lengthMax = 128

/**
 * What of a request target is kept as an example: the path alone, clipped. A query or the user name of an absolute target
 * may be a secret. What is not printable ASCII becomes "?".
 */
export function samplePath(target: string): string {
  const path = target
    .slice(0, 2_048)
    .replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '')
    .replace(/[?#].*$/s, '')
  return path.slice(0, lengthMax).replace(/[^\x20-\x7e]/g, '?')
}
