// Prints tests/CASES.md: everything that may reach Callboard, what it gets, and the tests that prove it. A test names its
// cases in its title ("case 13: ...", "... (cases 51, 52)"). `node scripts/cases.mjs --write` writes the file.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './prepare.mjs'

/** Each case by its number, with what reaches Callboard and what it gets. */
export const sections = {
  Signature: [
    [1, 'No signature header', '401 before the body is read'],
    [2, 'A signature without `sha256=`', '401'],
    [3, 'A signature of the wrong length', '401'],
    [4, '64 good digits and junk', '401'],
    [5, 'Upper-case digits, prefix or header name', '200'],
    [6, 'Blanks around the signature', '200'],
    [7, 'Several signatures', '200 with one right among at most five, else 401'],
    [8, 'Bytes beyond ASCII in the signature', '401'],
    [9, 'Another secret, or a bit flipped anywhere', '401'],
    [10, 'A signature over re-serialised JSON', '401'],
    [11, 'A live secret that is empty or short', 'under 16 bytes no start, under 32 a warning'],
    [12, 'A secret that was replaced', '200 while both live, 401 once revoked'],
    [13, 'A byte-identical replay', '200, duplicate'],
    [14, 'A retry with a new timestamp', '200, duplicate'],
  ],
  HTTP: [
    [15, 'A body of 1 MiB, and of one byte more', '200, and 413'],
    [16, 'A declared 10 GB', '413 at once'],
    [17, 'Chunks, `Expect: 100-continue`, pipelines', 'taken, answered in order'],
    [18, 'Lengths that contradict each other', '400, closed'],
    [19, 'A length too small or too large', '401, and 408 or no row'],
    [20, 'Headers or a body that take too long', '408'],
    [21, 'Headers over 8 kB', '431'],
    [22, 'A body that is cut off', 'no row'],
    [23, 'A compressed body', '415, kept as it came'],
    [24, 'Other methods, a trailing slash', '405 or 204, and 200'],
    [25, 'A wrong Content-Type, or none', '200'],
    [26, 'An empty body', '401 unsigned; 400 signed, kept'],
  ],
  'JSON and text': [
    [27, '`\\u0000`', '200, kept without a jsonb view'],
    [28, 'Lone surrogates', '200, kept without a jsonb view'],
    [29, 'A byte order mark', '200'],
    [30, 'Invalid UTF-8', '400, kept'],
    [31, 'Half a million nested arrays', '200, kept without a jsonb view'],
    [32, 'Duplicate keys', '200, the last wins'],
    [33, '`__proto__` and its like', '200, text like any other'],
    [34, 'Numbers that JavaScript rounds', '200, kept digit for digit'],
    [35, 'Bare `NaN`; what is no JSON', '200; 400, kept'],
    [36, 'JSON that is no callback', '422, kept'],
    [37, 'Unknown events and statuses', '200'],
    [38, 'A job_id that is no string', '200, its source text'],
    [39, 'A job_id that is long or hostile', '200, clipped in columns'],
    [40, 'Times of every form', '200, read or marked'],
    [41, 'Times far from ours', '200, marked, in order of arrival'],
    [42, 'A result of a megabyte', '200, kept to the byte'],
  ],
  'Identity and order': [
    [43, 'Twenty identical deliveries at once', 'one row'],
    [44, 'Six steps and a verdict of one job', 'seven rows'],
    [45, 'Failed and then completed; a late step', 'two rows; the verdict stays'],
    [46, 'Known identity, other content', 'a variant, once'],
    [47, 'Two replicas, overlapping batches', 'no deadlock'],
    [48, 'A row that PostgreSQL refuses', 'all others stored'],
    [49, 'The same key twice in a batch', 'a row for each content'],
    [50, 'A key taken and then not found', '503, never 200'],
    [51, 'A transaction that commits late', 'missed by no reader'],
    [52, 'A stream, and one that reconnects', 'each callback once, in order'],
    [53, 'A cursor of another life of the database', 'reset to the head'],
  ],
  Faults: [
    [54, 'SIGKILL before or after a commit', 'no row, or a duplicate on retry'],
    [55, 'PostgreSQL and Callboard killed for minutes', 'nothing acknowledged is lost or doubled'],
    [56, 'PostgreSQL frozen', '503 within a second, then exactly the set'],
    [57, 'Connections used up, floods', 'bounded, 503'],
    [58, 'Disk full', '503, recovery without a restart'],
    [59, 'Commits that don’t wait for the disk', 'no start, or a warning'],
    [60, 'SIGTERM under load', 'all answered, gone in 5 s'],
    [61, 'Rolling restart of two replicas', 'nothing lost or doubled'],
    [62, 'The listening connection lost', 'readers go on by polling'],
    [63, 'A second Callboard on one DATA_DIR', 'refused; taken over after a SIGKILL'],
    [64, 'The console killed', 'webhooks go on, it comes back'],
    [65, 'The clock jumps; a migration fails', 'order kept; not ready, exit 1'],
  ],
  Attacks: [
    [66, 'Markup in any field', 'plain text'],
    [67, 'Line breaks and megabytes in logs', 'one clipped JSON line'],
    [68, 'Formulas in exported cells', 'prefixed, quoted'],
    [69, 'Any page or route without the right session', '401 or 403, no data'],
    [70, 'Cross-site calls', 'no change'],
    [71, 'Other users’ ids in mark-viewed', 'own rows only'],
    [72, 'Sessions fixed, or used after their end', 'new id, streams end'],
    [73, 'Passwords guessed', 'limited'],
    [74, 'A million forged webhooks', 'counted in a megabyte'],
    [75, 'Secrets looked for in every output', 'none found'],
    [76, 'Malformed actions', '4xx or 5xx, webhooks unaffected'],
    [77, 'Many or slow streams', 'limited, dropped'],
    [78, 'Dependencies with known holes', 'refused by version'],
  ],
}

/** Cases that nothing proves yet, and why. */
export const leftToLater = {
  12: 'left to the issue “Every sender”: there are no secrets to revoke before they are kept in the database',
}

/** What no test here can do, and what stands in for it. */
const untested = [
  [
    'Real power loss',
    'PostgreSQL is stopped with `-m immediate` and Callboard with SIGKILL, over and over, under load (`npm run torture`). That loses what was not flushed by PostgreSQL, not what a disk claims to have flushed and has not; fsync is on, and a start with it off is refused (case 59).',
  ],
  [
    'Failover to a standby',
    'Two replicas on one PostgreSQL that crashes and recovers (`npm run torture -- --mode replicas`), and a cursor of another cluster or another life of the database (case 53). A standby that was promoted before it had everything loses what it lacks: use synchronous replication.',
  ],
  [
    'A full disk that holds the WAL',
    'A tablespace that is full (case 58). With the WAL’s own disk full PostgreSQL stops itself; that is a crash, as in case 55.',
  ],
  [
    'Supabase, Neon, RDS',
    'PgBouncer in transaction mode, roles `anon` and `authenticated` made as Supabase makes them, and a role that may not read the system identifier.',
  ],
]

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const text = markdown()
  process.stdout.write(text)
  if (process.argv.includes('--write')) writeFileSync(path.join(root, 'tests/CASES.md'), text)
}

function markdown() {
  const testsOf = testsByCase()
  const lists = Object.entries(sections).map(([title, cases]) => {
    const items = cases.map(([number, reaches, gets]) => {
      const tests = testsOf
        .get(number)
        ?.map(({ title, file }) => `  - ${escapeMarkdown(title)} ([${path.basename(file)}](${file}))`)
      const proof = tests ?? [`  - ${leftToLater[number] ?? '**no test**'}`]
      return [`- **${number}.** ${reaches} → ${gets}`, ...proof].join('\n')
    })
    return `## ${title}\n\n${items.join('\n')}`
  })
  return `# Cases

Everything that may reach Callboard, what it gets, and the tests that prove it. Written by \`node scripts/cases.mjs --write\` from
the tests’ titles; a test fails when it is out of date, and \`npm test\` fails when a case has no test that passed.

${lists.join('\n\n')}

## What can’t be tested here

${untested.map(([what, instead]) => `- **${what}.** Instead: ${instead}`).join('\n')}
`
}

/** Titles hold markup as examples; none of it may become markup here. */
function escapeMarkdown(title) {
  return title.replace(/[<>*_[\]]/g, (character) => `\\${character}`)
}

/** For each case the tests that name it, in the order of their files. */
function testsByCase() {
  const byCase = new Map()
  for (const file of listTests()) {
    for (const title of titlesIn(readFileSync(path.join(root, 'tests', file), 'utf8'))) {
      for (const number of casesIn(title)) byCase.set(number, [...(byCase.get(number) ?? []), { title, file }])
    }
  }
  return byCase
}

function listTests() {
  return ['unit', 'integration', 'e2e'].flatMap((folder) => {
    const names = readdirSync(path.join(root, 'tests', folder), { recursive: true })
    const tests = names.filter((name) => /\.(test|spec)\.ts$/.test(name)).sort()
    return tests.map((name) => path.posix.join(folder, ...name.split(path.sep)))
  })
}

/** The strings on lines that are no comments: comments name cases too, but prove none. */
function titlesIn(source) {
  return source.split('\n').flatMap((line) => {
    if (/^\s*(\/\/|\/?\*)/.test(line)) return []
    return [...line.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)].map(
      ([, single, double, template]) => single ?? double ?? template ?? '',
    )
  })
}

/** The cases that a title names. */
export function casesIn(title) {
  const lists = [...title.matchAll(/\bcases? (\d+(?:(?:, | and )\d+)*)/g)]
  return [...new Set(lists.flatMap(([, list]) => [...list.matchAll(/\d+/g)].map(Number)))]
}
