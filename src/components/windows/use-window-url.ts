import { usePathname } from 'next/navigation'
import { parseAsString, useQueryState } from 'nuqs'
import { useEffect, useRef } from 'react'
import { openParameterOf, parseOpenParameter, permalinkId } from './open-parameter'
import { openWindows, type WindowEntry } from './window-state'
import { dispatchToWindows, getWindows, useWindows } from './window-store'

/**
 * Keeps `open=` in the URL and the windows the same. Back, Forward and the first load change the windows; everything else
 * changes the URL, going to another page of the console among it, over which the windows stay.
 *
 * @returns a function to call before a window is opened: opening is a step that Back undoes, all else is none
 */
export function useWindowUrl(): () => void {
  const { windows } = useWindows()
  const pathname = usePathname()
  const [parameter, setParameter] = useQueryState('open', parseAsString.withOptions({ scroll: false }))
  const isStep = useRef(false)
  const followedPath = useRef<string | null>(null)

  useEffect(() => {
    const follow = () => dispatchToWindows({ do: 'follow', entries: entriesOf(window.location) })
    follow()
    followedPath.current = window.location.pathname
    window.addEventListener('popstate', follow)
    return () => window.removeEventListener('popstate', follow)
  }, [])

  useEffect(() => {
    // What the URL was read into may be later than what this was rendered with.
    if (followedPath.current === null || windows !== getWindows().windows) return
    const open = openWindows({ windows })
    const linked = permalinkId(pathname)
    const hasMoved = followedPath.current !== pathname
    followedPath.current = pathname
    if (hasMoved && linked !== null && !open.some(({ callbackId }) => callbackId === linked)) {
      dispatchToWindows({ do: 'open', callbackId: linked })
      return
    }
    const history = isStep.current ? 'push' : 'replace'
    isStep.current = false
    const wanted = openParameterOf(open)
    if (linked !== null && !open.some(({ callbackId }) => callbackId === linked)) leavePermalink(wanted, history)
    else if ((wanted === linked ? null : wanted) !== parameter)
      void setParameter(wanted === linked ? null : wanted, { history })
  }, [windows, pathname, parameter, setParameter])

  return () => {
    isStep.current = true
  }
}

function entriesOf({ pathname, search }: Location): WindowEntry[] {
  const entries = parseOpenParameter(new URLSearchParams(search).get('open') ?? '')
  const linked = permalinkId(pathname)
  if (linked === null || entries.some(({ callbackId }) => callbackId === linked)) return entries
  return [...entries, { callbackId: linked, tab: null }]
}

/** The permalink shows the callbacks page: without its callback it is that page's own address. */
function leavePermalink(parameter: string | null, history: 'push' | 'replace'): void {
  const search = new URLSearchParams(window.location.search)
  if (parameter === null) search.delete('open')
  else search.set('open', parameter)
  const query = search.size === 0 ? '' : `?${search}`
  window.history[history === 'push' ? 'pushState' : 'replaceState'](null, '', `/callbacks${query}`)
}
