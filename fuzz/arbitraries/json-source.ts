import fc, { type Arbitrary } from 'fast-check'

// JSON as source text and not as values: what JSON.stringify would never write is what this is about.

const textPieces = [
  ...[
    'a',
    'result',
    ' ',
    '  ',
    'é',
    '🚀',
    '👩‍👩‍👧',
    '\u2028',
    '\ufeff',
    '\ufffd',
    '\uffff',
    '\u202e',
    '\u007f',
    '\u0301',
  ],
  ...['\\u0000', '\\ud83d', '\\ude80', '\\ud83d\\ude80', '\\ude80\\ud83d', '\\uD800\\u0041', '\\udbff\\udfff'],
  ...['\\n', '\\r\\n', '\\t', '\\b', '\\f', '\\"', '\\\\', '\\/', '\\\\u0000', '\\u0022', '\\u005c', '\\u001b[31m'],
  ...[
    '%00',
    "'",
    "';--",
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    'NaN',
    '-Infinity',
    'NULL',
    '{NULL}',
    '\\\\x00',
    '$1',
    '=cmd()',
  ],
  ...['<img src=x onerror=alert(1)>', '</script>', '../../x', '__proto__', 'constructor', '\\"timestamp\\":1,'],
]
const brokenPieces = [
  '\n',
  '\t',
  '\0',
  '\\x',
  '\\u12',
  '\\uZZZZ',
  '\\',
  '"',
  '\\\\"',
  '\\ud83d\\u',
  '"timestamp":',
  '\\u+123',
]

const anyText = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => JSON.stringify(text))
/** What takes the most bytes in a column and an index, and can't be compressed. */
const wideText = fc.string({ unit: 'binary', minLength: 510, maxLength: 520 }).map((text) => JSON.stringify(text))
const longText = fc
  .tuple(fc.constantFrom('x', '🚀', '\\u0000', '\\ud83d', '\\\\', 'é', ' '), fc.integer({ min: 190, max: 2_100 }))
  .map(([piece, times]) => `"${piece.repeat(times)}"`)

const quoted = (pieces: readonly string[]) => `"${pieces.join('')}"`

/** A string in quotes; mostly a valid one. */
export const textSource: Arbitrary<string> = fc.oneof(
  { weight: 160, arbitrary: fc.array(fc.constantFrom(...textPieces), { maxLength: 5 }).map(quoted) },
  { weight: 20, arbitrary: anyText },
  { weight: 6, arbitrary: longText },
  { weight: 1, arbitrary: wideText },
  {
    weight: 2,
    arbitrary: fc.array(fc.constantFrom(...textPieces, ...brokenPieces), { minLength: 1, maxLength: 4 }).map(quoted),
  },
)

const numbers = [
  ...['0', '-0', '-0.0e-0', '1', '1.00', '1E2', '1e+5', '0.1e-7', '1.5', '-1', '1e15', '4294967296', '1500.4', '-0.4'],
  ...['9007199254740991', '9007199254740992', '9007199254740993', '9223372036854775807', '9223372036854775808'],
  ...['123456789012345678901234567890.5', '1.7976931348623157e308', '5e-324', '1e400', '-1e400', '0e99', '1e-99'],
  ...['999999999.999', '1000000000', '1.20e-05', '0.0000000000000000000000000000000000000000001', '1e99'],
  ...['1e1000', '1e1001', '-1e1000', '1e-1000', '1e131071', '1e131072', '1e-16383', '1e-16384', '0e131072'],
  ...['1e0000000001', '1e0000000000000001000', '0e99999999999', '-1e-99999999999', '1e2147483648', '1e-2147483649'],
]
const brokenNumbers = ['01', '1.', '.5', '+1', '1e', '1e+', '-', '--1', '0x10', '1_000', '-NaN', '1,5', '٣', '1e1.5']

const anyNumber = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.constantFrom('', '.0', '.125', 'e7', 'E-12', 'e300'))
  .map(([digits, tail]) => `${digits}${tail}`)

/** A number in any of its forms; mostly a valid one. */
export const numberSource: Arbitrary<string> = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...numbers) },
  { weight: 20, arbitrary: anyNumber },
  { weight: 1, arbitrary: fc.constantFrom(...brokenNumbers) },
)

/** `true` and its like, and what Python or a careless sender writes in their place. */
const wordSource = fc.oneof(
  { weight: 50, arbitrary: fc.constantFrom('true', 'false', 'null', 'NaN', 'Infinity', '-Infinity') },
  { weight: 1, arbitrary: fc.constantFrom('nan', 'None', 'True', 'undefined', 'nul', 'NaNs', '+Infinity', '') },
)

const scalarSource = fc.oneof(
  { weight: 5, arbitrary: textSource },
  { weight: 4, arbitrary: numberSource },
  { weight: 2, arbitrary: wordSource },
)

const nestedKey = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('"a"', '"b"', '"\\u0061"', '"__proto__"', '"constructor"', '""') },
  { weight: 3, arbitrary: fc.constantFrom('"job_id"', '"event"', '"timestamp"', '"message"', '"total"', '"usage"') },
  { weight: 2, arbitrary: textSource },
)

const asArray = (items: readonly string[]) => `[${items.join(',')}]`
const asObject = (members: readonly (readonly [string, string])[]) =>
  `{${members.map(([key, value]) => `${key}:${value}`).join(',')}}`

const flatSource = fc.oneof(
  { weight: 4, arbitrary: scalarSource },
  { weight: 1, arbitrary: fc.array(scalarSource, { maxLength: 4 }).map(asArray) },
  { weight: 1, arbitrary: fc.array(fc.tuple(nestedKey, scalarSource), { maxLength: 4 }).map(asObject) },
)

/** Any value, two levels deep at most; deeper ones are among the large bodies. */
export const valueSource: Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: scalarSource },
  { weight: 1, arbitrary: fc.array(flatSource, { maxLength: 4 }).map(asArray) },
  { weight: 2, arbitrary: fc.array(fc.tuple(nestedKey, flatSource), { maxLength: 4 }).map(asObject) },
)

/** A key of an object, for members that nobody wants. */
export const keySource: Arbitrary<string> = nestedKey

const times = [
  ...['2025-12-20T10:30:00Z', '2025-12-20T10:30:00.123456+00:00Z', '2025-12-20 10:30:00,5-05:30', '2025-12-20T10:30'],
  ...[
    'now',
    'today',
    'epoch',
    'infinity',
    '-infinity',
    'allballs',
    '',
    ' ',
    '2025-12-20',
    '20251220T103000Z',
    'J2451187',
  ],
  ...['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+23:59', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999-23:59'],
  ...[
    '294276-12-31T23:59:59Z',
    '-4713-01-01T00:00:00Z',
    '4713-01-01 BC',
    '2025-02-30T00:00:00Z',
    '2024-02-29T23:59:59Z',
  ],
  ...['2025-12-20T24:00:00Z', '2025-12-20T10:30:60Z', '2025-12-20T10:30:00+24:00', '2025-13-01T00:00:00Z'],
  ...[
    '2025-12-20T10:30:00.1234567890Z',
    '  2025-12-20T10:30:00Z  ',
    '\\u0032025-12-20T10:30:00Z',
    "2025'; select 1;--",
  ],
]

const anyTime = fc
  .tuple(
    fc.integer({ min: 0, max: 9_999 }),
    fc.nat(99),
    fc.nat(99),
    fc.nat(59),
    fc.constantFrom('Z', '+00:00Z', '', '+23:59'),
  )
  .map(([year, month, day, minute, zone]) => {
    const two = (value: number) => String(value).padStart(2, '0')
    return `${String(year).padStart(4, '0')}-${two(month % 14)}-${two(day % 33)}T${two(day % 25)}:${two(minute)}:00${zone}`
  })

/** What stands as a `timestamp`, hostile ones included. */
export const timeSource: Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...times).map((text) => `"${text}"`) },
  { weight: 4, arbitrary: anyTime.map((text) => `"${text}"`) },
  { weight: 1, arbitrary: valueSource },
)
