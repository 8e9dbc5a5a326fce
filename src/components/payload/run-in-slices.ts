const sliceMs = 8

/** Drives long work in slices with room for others between them, so that the page stays quick. Rejects once it is aborted. */
export async function runInSlices<Result>(work: Generator<undefined, Result>, signal: AbortSignal): Promise<Result> {
  for (;;) {
    signal.throwIfAborted()
    const untilMs = performance.now() + sliceMs
    do {
      const step = work.next()
      if (step.done) return step.value
    } while (performance.now() < untilMs)
    await nextTask()
  }
}

/** Sooner than a timer, which browsers hold back for 4 ms; later than input and painting that wait. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
