/**
 * Which of a browser's tabs shows toasts: the one that had the focus last. It holds a Web Lock, which the next one that gets
 * the focus takes from it, and which passes on when it is closed. Without locks it is the tab that has the focus.
 */
export function holdVoice(signal: AbortSignal): () => boolean {
  if (navigator.locks === undefined) return () => document.hasFocus()
  let isHeld = false
  let waiting = new AbortController()

  function request(options: LockOptions): void {
    navigator.locks
      .request('callboard-voice', options, () => {
        isHeld = true
        return new Promise<void>((release) => signal.addEventListener('abort', () => release()))
      })
      .catch(() => undefined)
      .finally(() => {
        // Taken by another tab, unless this one only stopped waiting because it takes the lock itself.
        if (options.steal || !options.signal?.aborted) {
          isHeld = false
          if (!signal.aborted) wait()
        }
      })
  }

  function wait(): void {
    waiting = new AbortController()
    request({ signal: AbortSignal.any([signal, waiting.signal]) })
  }

  function take(): void {
    if (isHeld || signal.aborted) return
    // From now on, not from when it is granted: what arrives in between has to be told by someone.
    isHeld = true
    waiting.abort()
    request({ steal: true })
  }

  if (document.hasFocus()) take()
  else wait()
  window.addEventListener('focus', take, { signal })
  return () => isHeld
}
