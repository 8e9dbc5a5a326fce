import { between, pick, type Random } from './random'

/** What one kind of job does in the demo. */
export type Workflow = {
  name: string
  /** How often it runs beside the others. */
  share: number
  /** From 0 to 1. */
  failureShare: number
  steps: readonly string[]
  /** Milliseconds of a whole run, at least and at most. */
  duration: readonly [number, number]
  errors: readonly ((random: Random) => string)[]
  result: (random: Random) => unknown
}

const towns = ['Zürich', 'Porto', 'Lyon', 'Gdańsk', 'Bergen', 'Cork', 'Graz']
const companies = ['Northwind Foods', 'Halden Logistics', 'Atelier Brun', 'Vela Marine', 'Kestrel Energy']

const requestId = (random: Random) => Math.floor(random() * 0xffffffff).toString(16)
const rateLimited = (random: Random) =>
  `Rate limit reached for requests: ${between(20, 90, random)} s until the next try (request ${requestId(random)})`
const timedOut = (random: Random) => `Tool call geocode timed out after ${between(20, 60, random)} s`
const noJson = () => 'The model answered with no JSON after 3 attempts'
const tooLong = (random: Random) => `Context length exceeded: ${between(129_000, 190_000, random)} of 128000 tokens`

export const workflows: readonly Workflow[] = [
  {
    name: 'emergency_contacts',
    share: 5,
    failureShare: 0.06,
    steps: ['extract', 'geocode', 'match', 'verify'],
    duration: [40_000, 320_000],
    errors: [noJson, timedOut],
    result: (random) => ({
      summary: `Three emergency contacts in ${pick(towns, random)} were found and checked. One number changed this week.`,
      contacts: [
        { name: 'Poison control', phone: '145', verified: true },
        { name: 'Ambulance', phone: '144', verified: true },
        { name: 'District hospital', phone: `+41 44 255 ${between(1000, 9999, random)}`, verified: random() > 0.3 },
      ],
    }),
  },
  {
    name: 'invoice_extraction',
    share: 6,
    failureShare: 0.03,
    steps: ['ocr', 'extract'],
    duration: [3_000, 26_000],
    errors: [
      tooLong,
      (random) => `The answer did not fit the schema: $.lines[${between(1, 9, random)}].amount is missing`,
    ],
    result: (random) => ({
      vendor: pick(companies, random),
      number: `INV-${between(1_000, 99_999, random)}`,
      currency: 'EUR',
      lines: Array.from({ length: between(1, 6, random) }, (_, index) => ({
        position: index + 1,
        text: pick(['Consulting', 'Freight', 'Licences', 'Support', 'Hosting'], random),
        amount: between(20, 9_000, random) / 100,
      })),
    }),
  },
  {
    name: 'support_triage',
    share: 8,
    failureShare: 0.02,
    steps: [],
    duration: [600, 7_000],
    errors: [rateLimited],
    result: (random) => ({
      queue: pick(['billing', 'outage', 'how-to', 'abuse'], random),
      urgency: pick(['low', 'normal', 'high'], random),
      language: pick(['en', 'de', 'fr', 'pt', 'ja'], random),
      reason: pick(
        [
          'The customer was charged twice and asks for a refund.',
          'Sign-in fails with a blank page since this morning.',
          'Asks how to export last year’s reports.',
          'お客様は請求書の宛名変更を希望しています。',
        ],
        random,
      ),
    }),
  },
  {
    name: 'contract_review',
    share: 2,
    failureShare: 0.08,
    steps: ['split', 'clauses', 'risks', 'draft'],
    duration: [60_000, 900_000],
    errors: [tooLong, noJson],
    result: (random) => ({ report: contractReport(pick(companies, random), random) }),
  },
  {
    name: 'meeting_summary',
    share: 3,
    failureShare: 0.01,
    steps: ['transcribe', 'summarise'],
    duration: [20_000, 180_000],
    errors: [timedOut],
    result: (random) => ({ text: meetingNotes(pick(towns, random), random) }),
  },
  {
    name: 'nightly_eval',
    share: 1,
    failureShare: 0.35,
    steps: [],
    duration: [400_000, 3_600_000],
    errors: [rateLimited],
    result: (random) => ({ suite: 'regression', passed: between(180, 200, random), total: 200 }),
  },
]

function contractReport(company: string, random: Random): string {
  return [
    `# Review of the agreement with ${company}`,
    'The agreement is **acceptable with changes**. Two clauses shift risk that the customer usually does not carry; both have been struck in comparable agreements of the last year.',
    '## Clauses that need a decision',
    '| clause | subject | risk |\n|---|---|---|\n| 7.2 | unlimited liability for delay | high |\n| 11.4 | renewal without notice | medium |\n| 14.1 | governing law | low |',
    '## What to ask for',
    `1. Cap liability at **${between(50, 200, random)} %** of the yearly fee.\n2. Sixty days’ notice before a renewal.\n3. Written consent before data leaves the EU.`,
    '## What was not read',
    `Annex ${between(2, 6, random)} is a scanned image of poor quality. Its text is *not* part of this review.`,
  ].join('\n\n')
}

function meetingNotes(town: string, random: Random): string {
  return [
    `## Weekly meeting, ${town} office`,
    'The migration is a week behind, because the export of the old system turned out to lack time zones. Everybody agreed to ship without the archive and to bring it over in the following month.',
    '### Decisions',
    '- The archive moves in a second step.\n- Support writes to the twelve customers who use it.',
    '### To do',
    `- [ ] Compare the counts of both systems\n- [x] Order ${between(2, 9, random)} badge readers\n- [ ] Ask legal about retention`,
  ].join('\n\n')
}
