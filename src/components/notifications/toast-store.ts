import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'
import { addToToasts, type CallbackToast, withoutViewed } from './toasts'

type Listener = (toasts: readonly CallbackToast[]) => void

let toasts: readonly CallbackToast[] = []
const listeners = new Set<Listener>()

function change(next: readonly CallbackToast[]): void {
  if (next === toasts) return
  toasts = next
  for (const listener of listeners) listener(toasts)
}

/** Calls back with what is on screen, now and at each change. Returns how to stop. */
export function onToasts(listener: Listener): () => void {
  listeners.add(listener)
  listener(toasts)
  return () => {
    listeners.delete(listener)
  }
}

export function addToasts(arrived: readonly LLMCallbackSummary[], wasAway: boolean): void {
  change(addToToasts(toasts, arrived, wasAway))
}

export function closeToast(key: string): void {
  if (toasts.some((toast) => toast.key === key)) change(toasts.filter((toast) => toast.key !== key))
}

export function removeViewed(ids: readonly string[] | 'many'): void {
  change(withoutViewed(toasts, ids))
}
