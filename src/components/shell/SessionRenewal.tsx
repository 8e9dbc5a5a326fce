'use client'

import { useEffect } from 'react'

const renewalIntervalMs = 60 * 60 * 1_000

/**
 * Asks for the session when the console is loaded, and when a person comes back to it, hourly at most: of all requests
 * this one alone may renew it, which the server does once a day. Nothing hangs on its success; a session that has ended
 * shows at the next page.
 */
export function SessionRenewal() {
  useEffect(() => {
    const aborter = new AbortController()
    const { signal } = aborter
    let askedAtMs = 0
    const renew = () => {
      askedAtMs = Date.now()
      // Read to its end: a browser keeps an answer that nobody reads open, and its connection with it.
      fetch('/api/auth/get-session', { signal })
        .then((response) => response.text())
        .catch(() => undefined)
    }
    const renewOnReturn = () => {
      if (document.visibilityState === 'visible' && Date.now() - askedAtMs >= renewalIntervalMs) renew()
    }
    renew()
    document.addEventListener('visibilitychange', renewOnReturn, { signal })
    return () => aborter.abort()
  }, [])
  return null
}
