import { bodyHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'

/** Callboard's own sender: `X-Webhook-Signature: sha256=<hex>` over the raw body, jobs and their steps. */
export const native = definePreset({
  id: 'native',
  name: 'Callboard',
  schemes: [bodyHmac('x-webhook-signature')],
  fields: {
    event: ['event'],
    jobId: ['job_id'],
    workflowName: ['workflow_name'],
    status: ['status'],
    errorMessage: ['error_message', 'error/message', 'error'],
    eventTime: ['timestamp'],
    stepId: ['step_id'],
    durationMs: ['duration_ms'],
    tokensTotal: [
      'tokens',
      'tokens/total',
      'tokens/total_tokens',
      'cost_data/total_tokens',
      'result/usage/total_tokens',
    ],
    costUsd: ['cost_usd', 'cost_data/cost_usd'],
  },
  required: ['event', 'jobId'],
  preview: 'result',
  volatile: ['timestamp'],
  identity: {
    byEvent: {
      'workflow.completed': [],
      'workflow.failed': [],
      'llm.step.completed': ['stepId'],
    },
  },
  statusByEvent: {
    'llm.step.completed': 'in_progress',
  },
  options: ['header'],
  secret: { madeBy: 'callboard', example: '64 hexadecimal digits' },
  setUp: [
    'Set the service to POST its callbacks to {url}.',
    'Give it the secret: it signs the exact bytes of each body with HMAC-SHA256 and sends `X-Webhook-Signature: sha256=<hex>`.',
  ],
  notes: [
    'Retries come after 5, 15 and 45 s with a new `timestamp`, and are recognised all the same.',
    'The signature carries no time: whoever captured a request can send it again, as a duplicate.',
  ],
  sample: ({ id, now }) => ({
    event: 'workflow.completed',
    job_id: id,
    workflow_name: 'emergency_contacts',
    status: 'completed',
    result: { summary: 'Three emergency contacts were found and checked.' },
    cost_data: { total_tokens: 18_204, cost_usd: 0.0142, llm_calls: 6 },
    duration_ms: 187_000,
    timestamp: now.toISOString(),
  }),
})
