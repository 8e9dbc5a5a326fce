/**
 * Whether one cursor is further on in the feed than another of the same life of the database. Elsewhere a cursor is opaque;
 * here a callback that the list holds already must be told from a new one.
 */
export function isFurther(cursor: string, than: string): boolean {
  return seqOf(cursor) > seqOf(than)
}

function seqOf(cursor: string): number {
  return Number(cursor.slice(cursor.lastIndexOf('.') + 1))
}
