/** `(12) Callbacks · Callboard`; a count that is there already gives way. */
export function titleWithCount(title: string, count: string | null): string {
  const bare = title.replace(/^\(\d+\+?\) /, '')
  return count === null ? bare : `(${count}) ${bare}`
}

type TabIcon = { isGrey: boolean; dot: 'new' | 'failed' | null }

// Outside the themes: the browser's own surface lies behind it.
const dots = { new: '#2b8af0', failed: '#d92d20' }

/** The mark as an address of data: grey while nothing can be heard, with a dot for what is unviewed. */
export function tabIcon({ isGrey, dot }: TabIcon): string {
  const circle =
    dot === null ? '' : `<circle cx="24" cy="8" r="7.5" fill="${dots[dot]}" stroke="#fff" stroke-width="2"/>`
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none"><rect width="32" height="32" rx="8" fill="${isGrey ? '#8a8f98' : '#4050c8'}"/>` +
    '<g stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"><path d="M23 8v6.5a4.5 4.5 0 0 1-4.5 4.5H10"/><path d="m14 13.5-5.5 5.5 5.5 5.5"/></g>' +
    `${circle}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
