import type { LLMCallbackSummary } from '../schemas'

export type FeedItem = { seq: number; summary: LLMCallbackSummary }

/** What one snapshot of the database holds above `after`: the newest callbacks, ascending; not all when there are many. */
export type FeedTail = { epoch: string; head: number; after: number; items: FeedItem[] }

/**
 * The newest part of the feed, in memory: every callback with a seq above `floor` and up to `head`, at most `itemsMax`.
 * Whoever stands below the floor has to ask the database.
 */
export class FeedWindow {
  epoch = ''
  head = 0
  floor = 0
  private items: FeedItem[] = []
  /** What readers asked for since the head moved: most of them stand at the same place. */
  private asked = new Map<number, LLMCallbackSummary[]>()

  constructor(readonly itemsMax: number) {}

  /**
   * Takes in what the database has above the head. Another epoch, or a head that went back, makes what is held worthless;
   * so does a tail that is full, for it may have left callbacks out below itself.
   *
   * @returns whether anything changed for a reader
   */
  advance(tail: FeedTail): boolean {
    const isOtherLife = tail.epoch !== this.epoch || tail.head < this.head
    if (!isOtherLife && tail.head === this.head) return false
    const isFull = tail.items.length >= this.itemsMax
    if (isOtherLife || isFull) this.replace(tail, isFull)
    else this.append(tail.items)
    this.epoch = tail.epoch
    this.head = tail.head
    this.asked.clear()
    return true
  }

  /**
   * What is held of the feed after `seq`, ascending; that is all of it when `seq` is not below the floor. Readers at the same place
   * share one array.
   */
  after(seq: number): LLMCallbackSummary[] {
    const known = this.asked.get(seq)
    if (known) return known
    const summaries = this.items.filter((item) => item.seq > seq).map((item) => item.summary)
    this.asked.set(seq, summaries)
    return summaries
  }

  private replace(tail: FeedTail, isFull: boolean): void {
    const [oldest] = tail.items
    this.items = tail.items
    this.floor = isFull && oldest ? oldest.seq - 1 : Math.min(tail.after, tail.head)
  }

  private append(items: FeedItem[]): void {
    this.items.push(...items)
    const dropped = this.items.splice(0, Math.max(0, this.items.length - this.itemsMax))
    this.floor = dropped.at(-1)?.seq ?? this.floor
  }
}
