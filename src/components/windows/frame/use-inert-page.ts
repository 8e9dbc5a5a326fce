import { useLayoutEffect } from 'react'

/** While a window is modal, what stands beside it can be neither reached nor read. Notifications stay. */
export function useInertPage(isInert: boolean): void {
  useLayoutEffect(() => {
    let page: Element | null = document.getElementById('content')
    while (page && page.parentElement !== document.body) page = page.parentElement
    page?.toggleAttribute('inert', isInert)
    return () => {
      page?.removeAttribute('inert')
    }
  }, [isInert])
}
