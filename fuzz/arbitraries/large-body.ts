import fc, { type Arbitrary } from 'fast-check'

export const bodyBytesMax = 1_048_576

const wrap = (members: string) => `{"event":"workflow.completed","job_id":"large",${members}}`
const times = (max: number) => fc.integer({ min: 1, max: Math.floor(max) })

const nested = (depthMax: number) =>
  fc
    .tuple(
      fc.constantFrom(['[', ']'], ['{"a":', '}'], ['[{"a":', '}]'], ['{"timestamp":', '}']),
      fc.oneof(times(depthMax), fc.constantFrom(998, 1_998, 1_999, 2_000, 2_001)),
      fc.constantFrom('1', '', 'NaN', '"\\u0000"'),
      fc.boolean(),
    )
    .map(([[open = '', close = ''], depth, core, isClosed]) =>
      wrap(`"result":${open.repeat(depth)}${core}${isClosed ? close.repeat(depth) : ''}`),
    )

const longText = (lengthMax: number) =>
  fc
    .tuple(
      fc.constantFrom('result', 'workflow_name', 'status', 'step_id', 'timestamp', 'x'),
      fc.constantFrom('x', ' ', '🚀', '\\u0000', '\\ud83d\\ude80', '\\\\', '2'),
      times(lengthMax),
    )
    .map(([key, piece, length]) => wrap(`"${key}":"${piece.repeat(length / piece.length)}"`))

const longIdentity = (lengthMax: number) =>
  fc
    .tuple(times(lengthMax), fc.constantFrom('a', 'b'))
    .map(([length, end]) => `{"event":"workflow.completed","job_id":"${'j'.repeat(length)}${end}"}`)

const longNumber = (lengthMax: number) =>
  fc
    .tuple(
      fc.constantFrom('', '0.', '-1.', '1e'),
      fc.oneof(times(lengthMax), fc.constantFrom(1_000, 1_001, 131_072, 131_073)),
    )
    .map(([start, digits]) => wrap(`"duration_ms":${start}${'9'.repeat(digits)}`))

const manyMembers = (countMax: number) =>
  fc
    .tuple(times(countMax), fc.constantFrom('distinct', 'same', 'timestamp', 'cost_data'))
    .map(([count, kind]) =>
      wrap(Array.from({ length: count }, (_, index) => `"${kind === 'distinct' ? index : kind}":{}`).join(',')),
    )

const manyElements = (countMax: number) =>
  fc
    .tuple(times(countMax), fc.constantFrom('1', '1e1000', '-1e-1000', '""', '{}', '"\\u0000"', 'NaN', '[]'))
    .map(([count, element]) => wrap(`"result":[${Array<string>(count).fill(element).join(',')}]`))

/** The same shapes for one size: bodies far beyond what a reader keeps in mind, and beyond what jsonb keeps at all. */
function bodiesUpTo(bytes: number): Arbitrary<string> {
  return fc.oneof(
    nested(bytes / 8),
    longText(bytes - 100),
    longIdentity(bytes - 100),
    longNumber(bytes / 2),
    manyMembers(bytes / 20),
    manyElements(bytes / 8),
  )
}

/** Bodies of tens of kilobytes. */
export const largeBody = bodiesUpTo(40_000)

/** Bodies up to the limit, of exactly the limit, and a little beyond it. */
export const hugeBody: Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: bodiesUpTo(bodyBytesMax) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(bodyBytesMax - 1, bodyBytesMax, bodyBytesMax + 1, bodyBytesMax + 70_000)
      .map((length) => wrap('"result":1').padEnd(length)),
  },
)
