import { useState } from 'react'
import type { ActionAnswer } from '@/app/actions/answer-action'

const unanswered = { isDone: false, error: 'The server did not answer. Try again.' } as const

/** Runs a server action once at a time, and keeps what it found wrong. */
export function useAction<Parameters extends unknown[], Value>(
  action: (...parameters: Parameters) => Promise<ActionAnswer<Value>>,
) {
  const [isPending, setIsPending] = useState(false)
  const [error, setError] = useState<string | null>(null)

  /** The action's value; null where it failed, and `error` says why. */
  async function run(...parameters: Parameters): Promise<{ value: Value } | null> {
    if (isPending) return null
    setIsPending(true)
    setError(null)
    const answer = await action(...parameters).catch(() => unanswered)
    setIsPending(false)
    if (answer.isDone) return { value: answer.value }
    setError(answer.error)
    return null
  }

  return { run, isPending, error, clearError: () => setError(null) }
}
