'use client'

import { useEffect } from 'react'

/**
 * Asks for the session once each time the console is loaded: of all requests this one alone may renew it, once a day.
 * Nothing hangs on its success; a session that has ended shows at the next page.
 */
export function SessionRenewal() {
  useEffect(() => {
    const aborter = new AbortController()
    // Read to its end: a browser keeps an answer that nobody reads open, and its connection with it.
    fetch('/api/auth/get-session', { signal: aborter.signal })
      .then((response) => response.text())
      .catch(() => undefined)
    return () => aborter.abort()
  }, [])
  return null
}
