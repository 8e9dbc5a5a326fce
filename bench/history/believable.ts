/** Numbers that look random and are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const syllables = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu za bre cla dra fle gri'.split(' ')
/** A vocabulary whose n-th word is used about 1/n as often as the first, as in any language. */
const vocabulary = Array.from({ length: 20_000 }, (_, n) => {
  const parts = [n % 26, Math.floor(n / 26) % 26, Math.floor(n / 676) % 26, Math.floor(n / 17_576)]
  return parts.map((part) => syllables[part]).join('')
})
export const workflows = [
  ...['emergency_contacts', 'invoice_extraction', 'support_triage', 'contract_review', 'meeting_summary'],
  ...Array.from({ length: 45 }, (_, n) => `pipeline_${n}`),
]
const steps = ['plan', 'geocode', 'extract', 'validate', 'summarise', 'translate', 'classify', 'draft']
const models = ['small-2', 'large-4', 'reasoner-1']
const errors = [
  'Model overloaded, gave up after 3 tries',
  'Context length exceeded: 131,204 of 128,000 tokens',
  'Tool call timed out after 30 s',
  'The answer did not fit the schema: $.contacts[3].phone is missing',
]

/** A share of the callbacks is of another sender. */
export const rareSources = ['billing', 'legacy-agent', 'staging']

/** The word that so many of all callbacks have, and that no other text holds. */
export const rareWord = (n: number) => `needle${n % 50}`

type Member = Record<string, unknown>

const streamWords = 400_000
/** What the texts are cut from, as drawing each word of each text would take longer than storing it. */
const stream = (() => {
  const random = seededRandom(2)
  const draw = () => vocabulary[Math.floor(vocabulary.length ** random()) - 1]
  return Array.from({ length: streamWords }, draw).join(' ')
})()

/** Of a result's text, in characters: the least and the most. */
export type TextLength = readonly [min: number, max: number]

/** The n-th body, of some 350 bytes and its text: steps, verdicts, failures, a few that wait, and one in 2,000 that is no JSON. */
export function bodyOf(n: number, random: () => number, [min, max]: TextLength): string {
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() ** 3 * values.length)] as Value
  const hex = (digits: number) => {
    const some = () =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0')
    return (some() + some()).slice(0, digits)
  }
  const text = (characters: number) => {
    const from = stream.indexOf(' ', Math.floor(random() * (stream.length - 4_000))) + 1
    return stream.slice(from, stream.indexOf(' ', from + characters))
  }
  const share = random()
  const job = `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
  const common: Member = {
    job_id: job,
    workflow_name: pick(workflows),
    timestamp: new Date(1_760_000_000_000 + n * 2_592).toISOString(),
    duration_ms: Math.floor(400 * 50 ** random()),
    tokens: { total: Math.floor(200 * 100 ** random()) },
    cost_usd: Number((random() * 0.08).toFixed(6)),
  }
  const marks = n % 20_000 === 0 ? ` ${rareWord(n / 20_000)}` : ''
  const result = {
    model: pick(models),
    text: text(min + Math.floor(random() * (max - min))) + marks,
    request_id: hex(16),
  }
  if (n % 2_000 === 1_999) return `{"event":"workflow.completed","job_id":"${job}","result":NaN,,"text":"${text(100)}"}`
  if (share < 0.4) return JSON.stringify({ event: 'llm.step.completed', step_id: pick(steps), ...common, result })
  if (share < 0.48) {
    const message = random() < 0.9 ? pick(errors) : `Unexpected ${text(20)} at 0x${hex(6)}`
    return JSON.stringify({ event: 'workflow.failed', status: 'failed', ...common, error: { message }, result })
  }
  if (share < 0.5) return JSON.stringify({ event: 'workflow.canceled', status: 'canceled', ...common, result })
  if (share < 0.502) return JSON.stringify({ event: 'workflow.waiting', status: 'waiting', ...common, result })
  return JSON.stringify({ event: 'workflow.completed', status: 'completed', ...common, result })
}
