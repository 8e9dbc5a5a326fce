/**
 * One thing that a sender has to say. Its bodies are a function of it and of the attempt, so that whatever is found in the
 * database can be compared byte for byte with what was sent, without keeping a copy of each.
 */
export type Message = {
  number: number
  jobId: string
  kind: 'verdict' | 'step' | 'progress' | 'nul' | 'unreadable'
  event: string
  stepId: string | null
  /** Messages of one identity are variants of whichever was stored first. */
  identity: string
}

type Shape = Pick<Message, 'kind' | 'event' | 'stepId'>

const verdict: Shape = { kind: 'verdict', event: 'workflow.completed', stepId: null }
const failure: Shape = { kind: 'verdict', event: 'workflow.failed', stepId: null }
const progress: Shape = { kind: 'progress', event: 'workflow.progress', stepId: null }
const nul: Shape = { kind: 'nul', event: 'workflow.completed', stepId: null }
const unreadable: Shape = { kind: 'unreadable', event: '', stepId: null }
const step = (stepId: string): Shape => ({ kind: 'step', event: 'llm.step.completed', stepId })

/** What the jobs of a real sender look like, in turn: steps and a verdict, a looped step, failures, and bodies that hurt. */
const jobs: readonly (readonly Shape[])[] = [
  [step('extract'), step('match'), verdict],
  [verdict],
  [step('extract'), step('match'), step('rank'), step('verify'), verdict],
  [step('loop'), step('loop'), step('loop'), verdict],
  [failure, verdict],
  [progress, progress, verdict],
  [step('extract'), nul],
  [unreadable, verdict],
  [verdict, verdict],
]

/** The messages of one job, in the order in which they are sent; `firstNumber` counts them through the whole run. */
export function messagesOfJob(job: number, firstNumber: number): Message[] {
  const shapes = jobs[job % jobs.length] ?? []
  const jobId = `job-${job}`
  return shapes.map((shape, index) => {
    const number = firstNumber + index
    const isNamed = shape.kind === 'verdict' || shape.kind === 'step' || shape.kind === 'nul'
    const identity = isNamed ? [jobId, shape.event, shape.stepId ?? ''].join('/') : `#${number}`
    return { ...shape, number, jobId, identity }
  })
}

/** The bytes of one attempt: a retry has a new timestamp, as the real sender's has. What is no JSON is repeated as it was. */
export function bodyOf(message: Message, attempt: number): Buffer {
  const { number, jobId, kind, event, stepId } = message
  if (kind === 'unreadable')
    return Buffer.from(`{"event":"workflow.completed","job_id":"${jobId}","mark":"#${number}#",`)
  const padding = 'x'.repeat(number % 97 === 0 ? 300_000 : 300 + ((number * 37) % 500))
  const text = JSON.stringify({
    event,
    job_id: jobId,
    result: { mark: `#${number}#`, text: kind === 'nul' ? `before\0after ${padding}` : padding },
    ...(stepId === null ? { status: event.split('.')[1] } : { step_id: stepId, tokens: number % 5_000 }),
    timestamp: `2026-01-01T00:00:${String(attempt % 60).padStart(2, '0')}.${String(number % 1_000_000).padStart(6, '0')}+00:00Z`,
    workflow_name: `workflow_${number % 7}`,
  })
  return Buffer.from(text)
}

/** The number of the message that a stored body belongs to; null for bytes that no sender of ours made. */
export function numberIn(raw: Buffer): number | null {
  const digits = /"mark":"#(\d+)#"/.exec(raw.toString('latin1'))?.[1]
  return digits === undefined ? null : Number(digits)
}
