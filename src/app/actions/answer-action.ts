import { ZodError } from 'zod'
import { AppError } from '@/lib/http/app-error'
import { getRuntime } from '../runtime'

/**
 * What an action tells a person: its value, or what is wrong. Next would hide the message of anything thrown, and drops a member
 * that is undefined.
 */
export type ActionAnswer<Value> = { isDone: true; value: Value } | { isDone: false; error: string }

/** Runs an action, and turns what we foresee into words. The rest goes to the log, without what a failed query quotes. */
export async function answerAction<Value>(work: () => Promise<Value>): Promise<ActionAnswer<Value>> {
  try {
    return { isDone: true, value: await work() }
  } catch (error) {
    if (error instanceof AppError) return { isDone: false, error: error.message }
    if (error instanceof ZodError) return { isDone: false, error: error.issues[0]?.message ?? 'That can’t be used.' }
    getRuntime().log.error({ err: error }, 'an action failed')
    return { isDone: false, error: 'That did not work. Try again.' }
  }
}
