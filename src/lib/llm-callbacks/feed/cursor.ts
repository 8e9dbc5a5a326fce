import { AppError } from '@/lib/http/app-error'

/** A place in the feed: everything up to and including `seq` is behind it. The epoch says of which database's life. */
export type FeedCursor = Readonly<{ epoch: string; seq: number }>

// 15 digits stay exact in a JavaScript number; at 10,000 callbacks a second they last for 3,000 years.
const cursorPattern = /^([0-9a-f]{16})\.(0|[1-9]\d{0,14})$/

/** The text of a cursor, opaque to everyone but this file. */
export function encodeCursor({ epoch, seq }: FeedCursor): string {
  return `${epoch}.${seq}`
}

/** @throws AppError `invalid_cursor` when the text was not made by `encodeCursor`. */
export function parseCursor(text: string): FeedCursor {
  const [, epoch, seq] = cursorPattern.exec(text) ?? []
  if (epoch === undefined || seq === undefined) {
    throw new AppError('invalid_cursor', 'The cursor is malformed; leave it out to start from the newest callback')
  }
  return { epoch, seq: Number(seq) }
}
