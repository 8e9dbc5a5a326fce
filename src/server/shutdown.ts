/** What has to be undone, in the reverse order of its start. Runs once, however often it is asked; a failing step does not keep the rest from running. */
export function createShutdown() {
  const steps: (() => Promise<void>)[] = []
  let running: Promise<void> | null = null
  async function runSteps(): Promise<void> {
    for (let step = steps.pop(); step; step = steps.pop()) await step().catch(() => {})
  }
  return {
    add(step: () => Promise<void>) {
      steps.push(step)
    },
    run(): Promise<void> {
      running ??= runSteps()
      return running
    },
  }
}
