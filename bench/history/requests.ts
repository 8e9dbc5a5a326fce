import { sql } from 'drizzle-orm'
import type { Database } from '@/db/client'
import { rareWord, seededRandom } from './believable'

export type BenchRequest = {
  name: string
  /** The n-th path that is asked for. */
  path: (n: number) => string
}

export type Sample = { id: string; job: string; word: string; cursor: string; receivedAt: Date }

const base = '/api/admin/llm-callbacks'
const rareWorkflow = 'pipeline_44'

/** What the requests ask for: of callbacks from all of the history. */
export async function sampleCallbacks(db: Database, epoch: string, count: number): Promise<Sample[]> {
  const random = seededRandom(3)
  const samples: Sample[] = []
  const { rows: heads } = await db.execute<{ head: number }>(sql`select max(seq)::float8 as head from llm_callbacks`)
  while (samples.length < count) {
    const seq = 1 + Math.floor(random() * (heads[0]?.head ?? 0))
    const { rows } = await db.execute<{ id: string; job: string | null; text: string | null; at: string }>(sql`
      select id, external_job_id as job, payload -> 'result' ->> 'text' as text, created_at::text as at
      from llm_callbacks where seq = ${seq}::bigint`)
    const [row] = rows
    if (!row?.job || !row.text) continue
    const words = row.text.split(' ')
    const word = words[Math.floor(random() * words.length)] ?? ''
    samples.push({ id: row.id, job: row.job, word, cursor: `${epoch}.${seq}`, receivedAt: new Date(row.at) })
  }
  return samples
}

/** Everything that the console asks of the history, with common, rare and absent values. */
export function historyRequests(samples: readonly Sample[]): BenchRequest[] {
  const at = (n: number) => samples[n % samples.length] as Sample
  const list = (name: string, query: (n: number) => Record<string, string>): BenchRequest => ({
    name,
    path: (n) => `${base}?${new URLSearchParams(query(n))}`,
  })
  const count = (name: string, query: (n: number) => Record<string, string>): BenchRequest => ({
    name: `count: ${name}`,
    path: (n) => `${base}/count?${new URLSearchParams(query(n))}`,
  })
  const hour = (n: number) => {
    const from = at(n).receivedAt
    return { from: from.toISOString(), to: new Date(from.getTime() + 3_600_000).toISOString() }
  }
  const search = (name: string, q: (n: number) => string, query: (n: number) => Record<string, string> = () => ({})) =>
    list(`search: ${name}`, (n) => ({ q: q(n), ...query(n) }))
  const absent = (n: number) => `nowhere${n}`
  const needle = (n: number) => rareWord(n)
  return [
    list('first page', () => ({})),
    list('first page of 200', () => ({ limit: '200' })),
    list('any older page', (n) => ({ cursor: at(n).cursor })),
    list('any newer page', (n) => ({ cursor: at(n).cursor, direction: 'newer' })),
    list('status, common', () => ({ status: 'completed' })),
    list('status, 8 %', () => ({ status: 'failed' })),
    list('status, 0.2 %', () => ({ status: 'waiting' })),
    list('status, absent', () => ({ status: 'queued' })),
    list('status, excluded', () => ({ status: '!completed,!in_progress' })),
    list('status, any older page', (n) => ({ status: 'failed', cursor: at(n).cursor })),
    list('workflow, common', () => ({ workflow: 'emergency_contacts' })),
    list('workflow, rare', () => ({ workflow: rareWorkflow })),
    list('workflow, absent', (n) => ({ workflow: `nothing_${n}` })),
    list('workflow, three', () => ({ workflow: 'emergency_contacts,support_triage,pipeline_9' })),
    list('workflow, excluded', () => ({ workflow: '!emergency_contacts' })),
    list('event, common', () => ({ event: 'workflow.completed' })),
    list('event, rare', () => ({ event: 'workflow.waiting' })),
    list('source, common', () => ({ source: 'llm-callback' })),
    list('source, rare', () => ({ source: 'staging' })),
    list('scheme', () => ({ scheme: 'hmac-sha256-hex' })),
    list('condition, rare', () => ({ condition: 'quarantined' })),
    list('condition, absent', () => ({ condition: 'variant' })),
    list('job', (n) => ({ job: at(n).job })),
    list('ids, 20', (n) => ({ ids: Array.from({ length: 20 }, (_, i) => at(n + i).id).join(',') })),
    list('viewed', () => ({ viewed: 'true' })),
    list('unviewed', () => ({ viewed: 'false' })),
    list('handled', () => ({ handled: 'true' })),
    list('not handled, failed', () => ({ handled: 'false', status: 'failed' })),
    list('time, any hour', hour),
    list('time, last day', () => ({ from: new Date(Date.now() - 86_400_000).toISOString() })),
    list('status and workflow, rare', () => ({ status: 'failed', workflow: rareWorkflow })),
    list('status and any hour', (n) => ({ status: 'failed', ...hour(n) })),
    list('unviewed and failed', () => ({ viewed: 'false', status: 'failed' })),
    search('in every callback', () => 'workflow'),
    search('common', (n) => ['emergency', 'reasoner', 'geocode', 'overloaded'][n % 4] as string),
    search('any word of a text', (n) => at(n).word),
    search('rare, 1 in 1,000,000', needle),
    search('absent', absent),
    search('two common words', () => 'context exceeded'),
    search('three, common and rare', (n) => `emergency model ${needle(n)}`),
    search('common and absent', (n) => `workflow ${absent(n)}`),
    search('beginning of a word', (n) => at(n).word.slice(0, 4)),
    search('a job id', (n) => at(n).job),
    search(
      'common, any older page',
      () => 'workflow',
      (n) => ({ cursor: at(n).cursor }),
    ),
    search(
      'common, any newer page',
      () => 'emergency',
      (n) => ({ cursor: at(n).cursor, direction: 'newer' }),
    ),
    search(
      'common and status',
      () => 'emergency',
      () => ({ status: 'failed' }),
    ),
    search(
      'common and rare status',
      () => 'workflow',
      () => ({ status: 'waiting' }),
    ),
    search(
      'common and absent status',
      () => 'workflow',
      () => ({ status: 'queued' }),
    ),
    search(
      'common and rare workflow',
      () => 'overloaded',
      () => ({ workflow: rareWorkflow }),
    ),
    search(
      'common and unviewed',
      () => 'workflow',
      () => ({ viewed: 'false' }),
    ),
    search(
      'common and viewed',
      () => 'workflow',
      () => ({ viewed: 'true' }),
    ),
    search(
      'common and handled',
      () => 'workflow',
      () => ({ handled: 'true' }),
    ),
    search('common and any hour', () => 'emergency', hour),
    search('rare and status', needle, () => ({ status: 'completed' })),
    search('absent and status', absent, () => ({ status: 'completed' })),
    search('absent and any hour', absent, hour),
    count('all', () => ({})),
    count('status, 8 %', () => ({ status: 'failed' })),
    count('unviewed', () => ({ viewed: 'false' })),
    count('any hour', hour),
    count('search, common', () => ({ q: 'workflow' })),
    count('search, absent', (n) => ({ q: absent(n) })),
    count('search, common and status', () => ({ q: 'emergency', status: 'failed' })),
    { name: 'facet: workflow', path: () => `${base}/facets?field=workflow` },
    { name: 'facet: event', path: () => `${base}/facets?field=event` },
    { name: 'facet: workflow, contains', path: (n) => `${base}/facets?field=workflow&contains=line_${n % 45}` },
    { name: 'failures', path: () => `${base}/failures?handled=false` },
    { name: 'attention', path: () => `${base}/attention` },
    { name: 'check', path: () => `${base}/check` },
    ...['1h', '24h', '7d', '30d'].map((range) => ({
      name: `overview: ${range}`,
      path: () => `/api/admin/overview?range=${range}`,
    })),
    { name: 'one callback', path: (n) => `${base}/${at(n).id}` },
  ]
}
