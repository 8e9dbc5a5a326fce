import fc, { type Arbitrary } from 'fast-check'

type Place = { at: number; length: number }
type Mutation =
  | ({ kind: 'flip'; bit: number } & Place)
  | ({ kind: 'cut' } & Place)
  | ({ kind: 'truncate' } & Place)
  | ({ kind: 'insert'; bytes: Buffer } & Place)
  | ({ kind: 'copy'; to: number } & Place)

const bytes = (...values: number[]) => Buffer.from(values)
const insertions = [
  ...[bytes(0), bytes(0xff), bytes(0x80), bytes(0xc0, 0x80), bytes(0xed, 0xa0, 0x80), bytes(0xf4, 0x90, 0x80, 0x80)],
  ...[bytes(0xef, 0xbb, 0xbf), bytes(0xe2, 0x82), bytes(0x1f), bytes(0x0a)],
  ...[
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '0',
    '-',
    'e9999',
    '.',
    '\\u0000',
    '\\ud800',
    'NaN',
    '"x":1,',
    'null',
    '�',
    '🚀',
  ].map((text) => Buffer.from(text)),
]

const place = { at: fc.nat(4_000), length: fc.integer({ min: 1, max: 40 }) }

/** A change of some bytes, wherever they are in the grammar. */
const mutation: Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), ...place, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('cut' as const), ...place }),
  fc.record({ kind: fc.constant('truncate' as const), ...place }),
  fc.record({ kind: fc.constant('insert' as const), ...place, bytes: fc.constantFrom(...insertions) }),
  fc.record({ kind: fc.constant('copy' as const), ...place, to: fc.nat(4_000) }),
)

export const mutations: Arbitrary<Mutation[]> = fc.array(mutation, { minLength: 1, maxLength: 3 })

/** The body with the changes made one after the other; places beyond its end wrap around. */
export function mutate(body: Buffer, changes: readonly Mutation[]): Buffer {
  return changes.reduce(applyMutation, body)
}

function applyMutation(body: Buffer, change: Mutation): Buffer {
  const at = change.at % (body.length + 1)
  const splice = (from: number, to: number, between: Uint8Array) =>
    Buffer.concat([body.subarray(0, from), between, body.subarray(to)])
  switch (change.kind) {
    case 'flip':
      return splice(at, at + 1, bytes((body[at] ?? 0) ^ (1 << change.bit)))
    case 'cut':
      return splice(at, at + change.length, bytes())
    case 'truncate':
      return body.subarray(0, at)
    case 'insert':
      return splice(at, at, change.bytes)
    case 'copy': {
      const to = change.to % (body.length + 1)
      return splice(to, to, body.subarray(at, at + change.length))
    }
  }
}
