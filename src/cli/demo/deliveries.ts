import { between, jobId, pick, type Random, seededRandom } from './random'
import { type Workflow, workflows } from './workflows'

/** One POST of the past. */
export type Delivery = { at: Date; body: Buffer; isForged?: boolean }

const dayMs = 86_400_000
/** As far as the longest range of the overview and the one before it. */
const daysShown = 60
const retryMs = 40_000

/** About so many jobs make some thousand callbacks, since most of them report their steps too. */
const jobsStandard = 1_900

/** What several workflows sent over the 60 days before `now`, oldest first; the same for the same `now`. */
export function demoDeliveries(now: Date, jobs = jobsStandard): Delivery[] {
  const random = seededRandom(7)
  const raffle = workflows.flatMap((workflow) => Array.from({ length: workflow.share }, () => workflow))
  const deliveries = Array.from({ length: jobs }, (_, index) => {
    const endedAt = new Date(now.getTime() - workdayAgeMs(now, random))
    return deliveriesOfJob({ workflow: pick(raffle, random), endedAt, index, random })
  }).flat()
  return deliveries.filter(({ at }) => at <= now).sort((one, other) => one.at.getTime() - other.at.getTime())
}

/** What one job of now sends when it is done. */
export function freshDelivery(now: Date): Delivery {
  const random = seededRandom(now.getTime() % 2_147_483_647)
  const job: Job = { workflow: pick(workflows, random), endedAt: now, index: 1, random }
  return verdictOf(job, jobId(random), now)
}

/** Mostly by day, a little more of late. */
function workdayAgeMs(now: Date, random: Random): number {
  for (let tries = 0; tries < 20; tries++) {
    const ageMs = daysShown * dayMs * random() ** 1.3
    const time = new Date(now.getTime() - ageMs)
    const isWork = time.getUTCHours() >= 7 && time.getUTCHours() < 19 && time.getUTCDay() % 6 !== 0
    if (isWork || random() < 0.2) return ageMs
  }
  return dayMs * random()
}

type Job = { workflow: Workflow; endedAt: Date; index: number; random: Random }

function deliveriesOfJob(job: Job): Delivery[] {
  const { workflow, endedAt, index, random } = job
  const id = jobId(random)
  const [least, most] = workflow.duration
  const stepMs = between(least, most, random) / (workflow.steps.length + 1)
  const steps = workflow.steps.map((step, place) =>
    stepOf(job, id, step, new Date(endedAt.getTime() - stepMs * (workflow.steps.length - place))),
  )
  const verdict = verdictOf(job, id, endedAt)
  return [...steps, verdict, ...oddities(job, id, verdict, index)]
}

function stepOf({ workflow, random }: Job, id: string, step: string, at: Date): Delivery {
  return delivery(at, {
    event: 'llm.step.completed',
    job_id: id,
    workflow_name: workflow.name,
    step_id: step,
    duration_ms: between(300, 20_000, random),
    tokens: { total: between(120, 6_000, random) },
    cost_usd: between(10, 4_000, random) / 100_000,
    result: { text: `Step “${step}” is done.` },
  })
}

function verdictOf({ workflow, random }: Job, id: string, at: Date): Delivery {
  const [least, most] = workflow.duration
  const common = {
    job_id: id,
    workflow_name: workflow.name,
    duration_ms: between(least, most, random),
    cost_data: { total_tokens: between(800, 60_000, random), cost_usd: between(100, 90_000, random) / 100_000 },
  }
  const dice = random()
  if (dice < workflow.failureShare) {
    const message = pick(workflow.errors, random)(random)
    const error = { type: 'LLMError', message, step_id: workflow.steps.at(-1), retryable: random() > 0.4 }
    return delivery(at, { event: 'workflow.failed', status: 'failed', ...common, error })
  }
  if (dice > 0.99) return delivery(at, { event: 'workflow.canceled', status: 'canceled', ...common })
  if (dice > 0.982) return delivery(at, { event: 'workflow.waiting', status: 'waiting', ...common })
  return delivery(at, { event: 'workflow.completed', status: 'completed', ...common, result: workflow.result(random) })
}

/** What goes wrong between two systems: retries, changed content, unreadable bodies, wrong clocks, wrong secrets. */
function oddities({ workflow, random }: Job, id: string, verdict: Delivery, index: number): Delivery[] {
  const later = new Date(verdict.at.getTime() + retryMs)
  if (index % 41 === 0) return [{ ...verdict, at: later }]
  if (index % 307 === 0) {
    return [
      delivery(later, {
        event: 'workflow.completed',
        job_id: id,
        workflow_name: workflow.name,
        result: { text: 'Corrected.' },
      }),
    ]
  }
  if (index % 233 === 0)
    return [{ at: later, body: Buffer.from(`{"event":"workflow.completed","job_id":"${id}","result":NaN,,}`) }]
  if (index % 701 === 0) return [{ at: later, body: Buffer.from([0x7b, 0x22, 0x72, 0xe9, 0x22, 0x3a, 0x31, 0x7d]) }]
  if (index % 499 === 0) {
    const skewed = { event: 'llm.step.completed', job_id: id, workflow_name: workflow.name, step_id: 'late_check' }
    return [delivery(later, skewed, new Date(later.getTime() - 25 * 60_000))]
  }
  if (index % 97 === 0) {
    const forged = delivery(later, { event: 'workflow.completed', job_id: jobId(random) })
    return [{ ...forged, isForged: true }]
  }
  return []
}

function delivery(at: Date, members: object, timestamp: Date = at): Delivery {
  return { at, body: Buffer.from(JSON.stringify({ ...members, timestamp: timestamp.toISOString() })) }
}
