import type { Message } from './messages'

/** An answer that took a message. */
export type Acknowledgement = {
  id: string
  /** Null where the answer does not tell: that of a body which can't be read. */
  duplicate: boolean | null
  attempt: number
}

/** What a sender knows of one message at the end: how often it tried, and every answer that took it. */
export type Entry = {
  message: Message
  attempts: number
  acknowledgements: Acknowledgement[]
}

/** Everything that the senders saw. Whatever is claimed of the run is computed from this and from the database. */
export class Ledger {
  readonly entries: Entry[] = []
  /** Requests that were sent, and how many got which status; 0 for no answer. */
  sent = 0
  readonly statuses = new Map<number, number>()
  /** Milliseconds from the request to the answer that took it. */
  readonly latenciesMs: number[] = []
  acknowledged = 0
  /** Gave up after the last retry without an answer that took it: stored or not, but never twice. */
  givenUp = 0
  /** Answers that nothing explains: a refusal of what is right, a 500, a body that says nothing. */
  readonly wrongAnswers: string[] = []

  open(message: Message): Entry {
    const entry: Entry = { message, attempts: 0, acknowledgements: [] }
    this.entries[message.number] = entry
    return entry
  }

  answered(status: number): void {
    this.sent += 1
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1)
  }

  acknowledge(entry: Entry, answer: Acknowledgement, latencyMs: number): void {
    if (entry.acknowledgements.length === 0) this.acknowledged += 1
    entry.acknowledgements.push(answer)
    this.latenciesMs.push(latencyMs)
  }
}
