import { parseCursor } from '@/lib/llm-callbacks/feed/cursor'
import type { LLMCallbackSummary } from '@/lib/llm-callbacks/schemas'

/** What one reader of the feed was shown, and what should never have happened to it. */
export class Sightings {
  private readonly ids = new Set<string>()
  private lastSeq = 0
  repeated = 0
  outOfOrder = 0
  resets = 0

  see(item: Pick<LLMCallbackSummary, 'id' | 'cursor'>): void {
    const { seq } = parseCursor(item.cursor)
    if (this.ids.has(item.id)) this.repeated += 1
    else if (seq <= this.lastSeq) this.outOfOrder += 1
    this.ids.add(item.id)
    this.lastSeq = Math.max(this.lastSeq, seq)
  }

  has(id: string): boolean {
    return this.ids.has(id)
  }

  get count(): number {
    return this.ids.size
  }
}
