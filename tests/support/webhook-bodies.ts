import { createHmac, randomUUID } from 'node:crypto'

/** The two secrets that every adapter under test has live. */
export const webhookSecret = 'first live secret, known only to the tests'
export const otherWebhookSecret = 'second live secret, known only to the tests'

export const jobUrl = '/api/webhooks/llm-callback'
export const signatureHeader = 'x-webhook-signature'

/** Signs with node:crypto alone, so that nothing under test decides what a right signature is. */
export function hexHmac(body: Uint8Array | string, secret = webhookSecret): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

type Headers = Record<string, string | string[]>

/** A delivery as its sender would make it: a body and its signature. */
export function signed(body: Uint8Array | string, headers: Headers = {}): { body: Buffer; headers: Headers } {
  return { body: Buffer.from(body), headers: { [signatureHeader]: `sha256=${hexHmac(body)}`, ...headers } }
}

let lastTime = 0

/** The sender's clock, in the odd form it writes; never twice the same. */
export function senderTime(): string {
  lastTime = Math.max(Date.now(), lastTime + 1)
  return new Date(lastTime).toISOString().replace('Z', '000+00:00Z')
}

export type Members = Record<string, unknown>

/** A verdict, compact, with a job of its own. A member set to undefined is left out. */
export function verdict(members: Members = {}): Buffer {
  const defaults = {
    event: 'workflow.completed',
    job_id: randomUUID(),
    result: { text: 'done' },
    status: 'completed',
    timestamp: senderTime(),
    workflow_name: 'emergency_contacts',
  }
  return Buffer.from(JSON.stringify({ ...defaults, ...members }))
}

/** One step of a job. */
export function step(jobId: string, stepId: string | undefined, members: Members = {}): Buffer {
  return verdict({
    event: 'llm.step.completed',
    job_id: jobId,
    step_id: stepId,
    status: undefined,
    tokens: 120,
    cost_usd: 0.0012,
    duration_ms: 800,
    ...members,
  })
}

/** A verdict whose further members are given as JSON source, for texts that JSON.stringify would not write. */
export function verdictSource(members: string, { event = '"workflow.completed"', jobId = `"${randomUUID()}"` } = {}) {
  return Buffer.from(`{"event":${event},"job_id":${jobId},${members},"timestamp":"${senderTime()}"}`)
}
