import { permalinkId } from './open-parameter'

type Opener = (id: string, inNewWindow: boolean) => void

/**
 * Lets links to a callback open its window over whatever page they stand on. Ctrl, ⌘ and the middle button do what they do
 * with any link. Heard on the way down, before a link of Next's would go to the page.
 *
 * @returns how to stop
 */
export function openLinksInWindows(open: Opener): () => void {
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null
    if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.hasAttribute('download')) return
    if (link.origin !== window.location.origin) return
    const id = permalinkId(link.pathname)
    if (id === null) return
    event.preventDefault()
    open(id, event.shiftKey)
  }
  window.addEventListener('click', onClick, { capture: true })
  return () => window.removeEventListener('click', onClick, { capture: true })
}
