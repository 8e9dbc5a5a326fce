import fc, { type Arbitrary } from 'fast-check'
import { keySource, numberSource, textSource, timeSource, valueSource } from './json-source'

type Member = readonly [key: string, value: string]

const orAnything = (usual: Arbitrary<string>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: valueSource })

const verdicts = ['"workflow.completed"', '"workflow.failed"', '"llm.step.completed"', '"workflow.\\u0063ompleted"']
const eventSource = orAnything(
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...verdicts) },
    { weight: 1, arbitrary: fc.constantFrom('"agent.failed"', '""', '"toString"', '"__proto__"', 'null', '7', 'true') },
  ),
)
/** Few enough jobs that several cases speak of one. */
const jobSource = orAnything(
  fc.oneof(
    { weight: 6, arbitrary: fc.nat(5_000).map((number) => `"job-${number}"`) },
    { weight: 1, arbitrary: fc.uuid().map((uuid) => `"${uuid}"`) },
    { weight: 1, arbitrary: fc.nat(40).map(String) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('"job-\\u0031"', '"job-1"', '1', '1.0', '"1"', 'true', '"true"', '""', 'null'),
    },
  ),
)
const stepSource = orAnything(
  fc.constantFrom('"extract"', '"match"', '"rank"', '1', '"1"', '""', 'null', '"m\\u0061tch"'),
)
const countSource = orAnything(
  fc.oneof(
    numberSource,
    fc.constantFrom('"12"', '" 12 "', '"0x10"', '"1e3"', '""', '"Infinity"', '"1.20e-05"', '"-1"'),
  ),
)
const statusSource = orAnything(
  fc.constantFrom('"completed"', '"failed"', '"paused"', '"COMPLETED"', 'null', '"constructor"'),
)

const inObject = (key: string, value: Arbitrary<string>) => value.map((source) => `{"${key}":${source}}`)
const named = (key: string, value: Arbitrary<string>): Arbitrary<Member> => value.map((source) => [`"${key}"`, source])

const knownMember = fc.oneof(
  named('workflow_name', orAnything(textSource)),
  named('status', statusSource),
  named('error_message', orAnything(textSource)),
  named('error', fc.oneof(inObject('message', orAnything(textSource)), valueSource)),
  named('duration_ms', countSource),
  named('tokens', fc.oneof(countSource, inObject('total', countSource), inObject('total_tokens', countSource))),
  named('cost_usd', countSource),
  named('cost_data', fc.oneof(inObject('total_tokens', countSource), inObject('cost_usd', countSource), valueSource)),
  named('result', valueSource),
  named('user_id', textSource),
)
const oddMember: Arbitrary<Member> = fc.oneof(
  named('timestamp', timeSource),
  named('timest\\u0061mp', timeSource),
  named('job_id', jobSource),
  named('event', eventSource),
  named('step_id', stepSource),
  fc.tuple(keySource, valueSource),
)
const furtherMembers = fc.array(fc.oneof({ weight: 4, arbitrary: knownMember }, { weight: 1, arbitrary: oddMember }), {
  maxLength: 6,
})

/** Most of the time the member is there. */
const usually = (member: Arbitrary<Member>, absentWeight: number) =>
  fc.oneof(
    { weight: 20 - absentWeight, arbitrary: member.map((one) => [one]) },
    { weight: absentWeight, arbitrary: fc.constant<Member[]>([]) },
  )

type Layout = { comma: string; colon: string; open: string; close: string; isSorted: boolean }
const layouts: readonly Layout[] = [
  { comma: ',', colon: ':', open: '{', close: '}', isSorted: true },
  { comma: ',', colon: ':', open: '{', close: '}', isSorted: false },
  { comma: ', ', colon: ': ', open: '{', close: '}', isSorted: true },
  { comma: ',\r\n\t', colon: ' : ', open: ' {\n', close: '\n}\n', isSorted: false },
]

/** A native callback with every member present, absent, doubled or of a wrong type. */
export const nativeBody: Arbitrary<string> = fc
  .tuple(
    usually(named('event', eventSource), 1),
    usually(named('job_id', jobSource), 1),
    usually(named('timestamp', timeSource), 4),
    usually(named('step_id', stepSource), 8),
    furtherMembers,
    fc.constantFrom(...layouts),
  )
  .map(([event, job, time, step, further, layout]) => {
    const members = [...event, ...job, ...further, ...step, ...time]
    if (layout.isSorted) members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    const sources = members.map(([key, value]) => `${key}${layout.colon}${value}`)
    return `${layout.open}${sources.join(layout.comma)}${layout.close}`
  })

/** JSON that is no object, and what only looks like JSON. */
export const otherText: Arbitrary<string> = fc.oneof(
  valueSource,
  fc
    .array(
      fc.constantFrom(
        ...[
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '"',
          '\\',
          '\\u0000',
          '""',
          '"a"',
          '"event":"e"',
          '"job_id":"j"',
          '"timestamp":1',
        ],
        ...['1', '-', '.', 'e', '0', 'NaN', 'null', 'true', ' ', '\n', '\t', '\0', '\ufeff', 'é', '/*', "'"],
      ),
      { maxLength: 24 },
    )
    .map((tokens) => tokens.join('')),
  fc.constantFrom(
    '',
    ' ',
    '{}',
    '[]',
    'null',
    '"',
    '{"',
    '[,]',
    '{,}',
    '{"event":"e","job_id":"j",}',
    'event=e&job_id=j',
  ),
)
