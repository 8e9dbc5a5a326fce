const cleanups = new Set<() => void>()

process.once('exit', () => {
  for (const cleanup of cleanups) cleanup()
})

/** Has something undone when this process ends before its time; `cleanup` can't wait. Returns what calls it off. */
export function onExit(cleanup: () => void): () => void {
  cleanups.add(cleanup)
  return () => cleanups.delete(cleanup)
}
