import { ZodError } from 'zod'
import { AppError } from '@/lib/http/app-error'
import { getRuntime } from '../runtime'

/** What an action tells a person: its value, or what is wrong. Next would hide the message of anything thrown. */
export type ActionAnswer<Value> = { value: Value } | { error: string }

/** Runs an action, and turns what we foresee into words. The rest goes to the log, without what a failed query quotes. */
export async function answerAction<Value>(work: () => Promise<Value>): Promise<ActionAnswer<Value>> {
  try {
    return { value: await work() }
  } catch (error) {
    if (error instanceof AppError) return { error: error.message }
    if (error instanceof ZodError) return { error: error.issues[0]?.message ?? 'That can’t be used.' }
    getRuntime().log.error({ err: error }, 'an action failed')
    return { error: 'That did not work. Try again.' }
  }
}
