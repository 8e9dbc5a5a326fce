/**
 * The feed is searched a block at a time, newest first: each word of a callback is indexed with the number of its block before it, so
 * that a frequent word is looked up among the newest callbacks alone, and going on to older ones is one more look-up.
 */
export const blockRows = 1_024

export function blockOf(seq: number): number {
  return Math.floor(seq / blockRows)
}

/** The word as the index has it. Words hold letters, marks and digits alone, and so no colon. */
export function lexemeOf(block: number | string, word: string): string {
  return `${block}:${word}`
}
