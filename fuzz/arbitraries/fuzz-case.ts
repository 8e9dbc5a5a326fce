import fc, { type Arbitrary } from 'fast-check'
import type { FuzzCase } from '../delivery'
import { envelope } from './envelope'
import { followUp } from './follow-up'
import { hugeBody, largeBody } from './large-body'
import { mutate, mutations } from './mutation'
import { nativeBody, otherText } from './native-body'

const bytesOf = (text: Arbitrary<string>) => text.map((source) => Buffer.from(source))
const byteOrderMark = '\ufeff'

const body: Arbitrary<Buffer> = fc.oneof(
  { weight: 7_000, arbitrary: bytesOf(nativeBody) },
  {
    weight: 1_200,
    arbitrary: fc.tuple(bytesOf(nativeBody), mutations).map(([bytes, changes]) => mutate(bytes, changes)),
  },
  { weight: 500, arbitrary: bytesOf(otherText) },
  { weight: 300, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 300, arbitrary: bytesOf(nativeBody.map((text) => byteOrderMark + text)) },
  {
    weight: 250,
    arbitrary: bytesOf(
      fc
        .tuple(nativeBody, fc.constantFrom('\0', '\n', ' ', 'x', '{}', '\n{}', ',', byteOrderMark))
        .map(([text, trailing]) => text + trailing),
    ),
  },
  { weight: 50, arbitrary: nativeBody.map((text) => Buffer.from(byteOrderMark + text, 'utf16le')) },
  { weight: 25, arbitrary: bytesOf(largeBody) },
  { weight: 5, arbitrary: bytesOf(hugeBody) },
)

const followUps = fc.oneof(
  { weight: 7, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.array(followUp, { minLength: 1, maxLength: 3 }) },
)

/** Several at once of those that take PostgreSQL a tenth of a second each would make a busy machine answer 503. */
const followedBytesMax = 64 * 1024

/** Signed bodies that mostly are as a sender might write them, and what may follow each. */
export const fuzzCase: Arbitrary<FuzzCase> = fc.tuple(body, envelope, followUps).map(([bytes, around, follow]) => {
  const first = { ...around, body: bytes }
  const isFollowed = bytes.length <= followedBytesMax
  return { deliveries: [first, ...(isFollowed ? follow.map((makeFrom) => makeFrom(first)) : [])] }
})
