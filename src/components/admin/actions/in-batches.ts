/** Calls one action after the other, each with at most `max` of the ids. */
export async function inBatches(
  ids: readonly string[],
  max: number,
  call: (ids: string[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < ids.length; start += max) await call(ids.slice(start, start + max))
}
