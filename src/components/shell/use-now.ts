import { useEffect, useState } from 'react'

const tickMs = 1_000

/** The time, each second while it is wanted; 0 on the server and in the first frame. */
export function useNow(isTicking: boolean): number {
  const [nowMs, setNowMs] = useState(0)
  useEffect(() => {
    setNowMs(Date.now())
    if (!isTicking) return
    const timer = setInterval(() => setNowMs(Date.now()), tickMs)
    return () => clearInterval(timer)
  }, [isTicking])
  return nowMs
}
