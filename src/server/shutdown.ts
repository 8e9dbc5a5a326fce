import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'

type Step = {
  /** What is waited for, for the log. */
  name: string
  /** After this long the next step begins all the same. */
  patienceMs: number
  /** @param leftMs of the time for the whole stop. */
  run: (leftMs: number) => Promise<void>
}

/** A stop as a whole takes no longer. What was not undone by then, the next start finds and puts right. */
const stopMsMax = 4_700

/**
 * What has to be undone, in the reverse order of its start, within 4.7 s. Runs once, however often it is asked; a step that
 * fails or takes too long does not keep the rest from running.
 */
export function createShutdown(log: Logger) {
  const steps: Step[] = []
  let running: Promise<void> | null = null

  async function runSteps(): Promise<void> {
    const deadline = performance.now() + stopMsMax
    for (let step = steps.pop(); step; step = steps.pop()) {
      const { name, patienceMs, run } = step
      const leftMs = Math.max(0, deadline - performance.now())
      const isDone = await Promise.race([
        run(leftMs).then(
          () => true,
          (err: unknown) => log.warn({ err, step: name }, 'a step of the stop failed'),
        ),
        sleep(Math.min(patienceMs, leftMs), false, { ref: false }),
      ])
      if (isDone === false) log.warn({ step: name }, 'a step of the stop took too long; going on without it')
    }
  }

  return {
    add(step: Step) {
      steps.push(step)
    },
    run(): Promise<void> {
      running ??= runSteps()
      return running
    },
  }
}

export type Shutdown = ReturnType<typeof createShutdown>
