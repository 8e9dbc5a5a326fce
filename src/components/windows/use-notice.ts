import { useEffect, useState } from 'react'

const shownMs = 3_000

export type Notice = { text: string; retry?: () => void }

/** One line of what just happened; a failure, which can be tried again, stays. */
export function useNotice() {
  const [notice, setNotice] = useState<Notice | null>(null)
  useEffect(() => {
    if (notice === null || notice.retry) return
    const timer = setTimeout(() => setNotice(null), shownMs)
    return () => clearTimeout(timer)
  }, [notice])
  return { notice, say: setNotice }
}

/** Copies text, and says so. */
export async function copyText(text: string, what: string, say: (notice: Notice) => void): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    say({ text: `${what} copied` })
  } catch {
    say({ text: `${what} not copied: the browser refused.` })
  }
}
