import fc, { type Arbitrary } from 'fast-check'
import type { Delivery } from '../delivery'
import { timeSource, valueSource } from './json-source'
import { mutate, mutations } from './mutation'

/** Makes another delivery out of one: what comes near it in the identity or in the bytes. */
type FollowUp = (first: Delivery) => Delivery

const timestampMember = /"timestamp"\s*:\s*("[^"]*"|[\w.+-]+)/

/** Edits the bytes as text; Latin-1 keeps every one of them. */
function edit(delivery: Delivery, change: (text: string) => string): Delivery {
  return { ...delivery, body: Buffer.from(change(delivery.body.toString('latin1')), 'latin1') }
}
const latin1 = (source: string) => Buffer.from(source).toString('latin1')

const replay: FollowUp = (first) => first
const retryAt =
  (time: string): FollowUp =>
  (first) =>
    edit(first, (text) => text.replace(timestampMember, () => `"timestamp":${latin1(time)}`))
/** Other content under what may be the same identity. */
const withMember =
  (value: string): FollowUp =>
  (first) =>
    edit(first, (text) => text.replace('{', () => `{"x":${latin1(value)},`))
/** The bytes that a retry shares with its first delivery, sent as a body of their own: no JSON any more. */
const withoutTime: FollowUp = (first) => edit(first, (text) => text.replace(timestampMember, ''))
const compressed: FollowUp = (first) => ({ ...first, headers: [...first.headers, ['Content-Encoding', 'gzip']] })

export const followUp: Arbitrary<FollowUp> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(replay) },
  { weight: 6, arbitrary: timeSource.map(retryAt) },
  { weight: 6, arbitrary: valueSource.map(withMember) },
  { weight: 1, arbitrary: fc.constant(withoutTime) },
  { weight: 1, arbitrary: fc.constant(compressed) },
  {
    weight: 2,
    arbitrary: mutations.map(
      (changes): FollowUp =>
        (first) => ({ ...first, body: mutate(first.body, changes) }),
    ),
  },
)
