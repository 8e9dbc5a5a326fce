import type { Database } from '@/db/client'
import type { LLMCallbackSummary } from '../schemas'
import { encodeCursor, type FeedCursor } from './cursor'
import type { FeedWindow } from './feed-window'
import { readFeedSpan } from './read-feed'

export type FeedBatch =
  /** Everything between the last cursor and this one, ascending. */
  | { kind: 'items'; items: readonly LLMCallbackSummary[]; cursor: string }
  /** More than fits came in; the reader catches up by itself from its last cursor. */
  | { kind: 'more'; cursor: string }
  /** The last cursor means nothing any more: go on from this one. */
  | { kind: 'reset'; cursor: string }

type SubscriptionOptions = { window: FeedWindow; db: Database; position: FeedCursor; onClose: () => void }

/**
 * One reader's place in the feed. It holds a position and no queue: a reader that is slow or stuck costs no memory and gets
 * `more` once it comes back. Made by `Feed.subscribe`.
 */
export class FeedSubscription {
  private position: FeedCursor
  private isClosed = false
  private wakeUp = () => {}

  constructor(private readonly options: SubscriptionOptions) {
    this.position = options.position
  }

  /** Where this reader stands: every callback up to here was handed out, or was there before. */
  get cursor(): string {
    return encodeCursor(this.position)
  }

  /**
   * Waits until there is something after the cursor and moves the cursor past it. One call at a time.
   * @returns null once closed
   */
  async next(itemsMax: number): Promise<FeedBatch | null> {
    const { window } = this.options
    while (!this.isClosed) {
      if (this.position.epoch !== window.epoch || this.position.seq > window.head) {
        this.position = { epoch: window.epoch, seq: window.head }
        return { kind: 'reset', cursor: this.cursor }
      }
      const batch = this.position.seq < window.head ? await this.read(itemsMax) : await this.sleep()
      if (batch) return batch
    }
    return null
  }

  /** Something may have changed: look again. */
  wake(): void {
    this.wakeUp()
  }

  close(): void {
    this.isClosed = true
    this.options.onClose()
    this.wake()
  }

  /** Reads up to the window's head: from memory if the window reaches back to this reader, else from the database. */
  private async read(itemsMax: number): Promise<FeedBatch | null> {
    const { window, db } = this.options
    const { epoch, head, floor } = window
    const after = this.position.seq
    let items = window.after(after)
    if (after < floor && items.length <= itemsMax) {
      const span = await readFeedSpan({ epoch, after, through: head, itemsMax: itemsMax + 1 }, db)
      items = span.map((item) => item.summary)
      // Another life of the database may have begun under the query; what it returned is then of no use.
      if (window.epoch !== epoch || window.head < head) return null
    }
    this.position = { epoch, seq: head }
    if (items.length > itemsMax) return { kind: 'more', cursor: this.cursor }
    // Gaps in seq, or rows deleted meanwhile, leave nothing to tell.
    if (items.length === 0) return null
    return { kind: 'items', items, cursor: this.cursor }
  }

  private sleep(): Promise<null> {
    return new Promise((resolve) => {
      this.wakeUp = () => resolve(null)
    })
  }
}
