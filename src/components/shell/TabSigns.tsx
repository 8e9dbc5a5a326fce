'use client'

import { useEffect } from 'react'
import { useLiveStatus } from '../live/live-status'
import { formatBadge } from './counts'
import { tabIcon, titleWithCount } from './tab-signs'

/** Shows in the browser's tab what the navigation counts: the number in its title, a dot on its icon. */
export function TabSigns() {
  const { unviewedCount, hasUnviewedFailure, connection } = useLiveStatus()
  const count = formatBadge(unviewedCount)?.shown ?? null

  useEffect(() => {
    const write = () => {
      const title = titleWithCount(document.title, count)
      if (document.title !== title) document.title = title
    }
    write()
    // Next writes the title of a page whenever it has it.
    const observer = new MutationObserver(write)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => observer.disconnect()
  }, [count])

  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    const isAway = connection === 'offline' || connection === 'signed_out'
    if (icon)
      icon.href = tabIcon({ isGrey: isAway, dot: hasUnviewedFailure ? 'failed' : count === null ? null : 'new' })
  }, [count, hasUnviewedFailure, connection])

  return null
}
