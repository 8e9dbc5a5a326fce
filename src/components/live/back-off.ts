const firstMs = 1_000
const longestMs = 60_000
/** So that browsers that lost the same server don't all come back at once. */
const spread = 0.2

/** How long to wait after so many failures in a row: 1, 2, 4 … 60 s, give or take a fifth. */
export function backOffMs(failures: number, random: () => number = Math.random): number {
  const wholeMs = Math.min(firstMs * 2 ** Math.max(failures - 1, 0), longestMs)
  return Math.round(wholeMs * (1 - spread + 2 * spread * random()))
}
