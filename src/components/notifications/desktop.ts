import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { openCallback } from '../windows/open-callback'
import { toastWords } from './toast-words'

/** Asks the browser for permission; only ever after somebody turned the switch on. */
export async function askForDesktop(): Promise<boolean> {
  return typeof Notification !== 'undefined' && (await Notification.requestPermission()) === 'granted'
}

/** Tells the desktop, while this tab can't be seen. One callback has one notification, whoever tells of it again. */
export function notifyDesktop(callbacks: readonly LLMCallbackSummary[]): void {
  if (document.visibilityState === 'visible' || typeof Notification === 'undefined') return
  if (Notification.permission !== 'granted') return
  const latest = callbacks.at(-1)
  if (latest === undefined) return
  const isOne = callbacks.length === 1
  const { title, detail, says } = toastWords({ key: latest.id, kind: isOne ? 'callback' : 'summary', callbacks })
  const notification = new Notification(title, { body: [detail, says].filter(Boolean).join('\n'), tag: latest.id })
  notification.addEventListener('click', () => {
    window.focus()
    openCallback(latest.id, { summary: latest })
    notification.close()
  })
}
