import { timestampedHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** The webhook block of Sim: a body of the user's own making, in the header that Callboard's own sender uses, in another format. */
export const simBlock = definePreset({
  id: 'sim-block',
  name: 'Sim webhook block',
  schemes: [
    timestampedHmac('x-webhook-signature', {
      name: 'sim-hmac-sha256',
      time: { from: { prefix: 't=' }, unit: 'ms', pastSeconds: 300, futureSeconds: 300 },
    }),
  ],
  fields: {
    event: ['event', 'type'],
    jobId: ['job_id', 'data/job_id', 'data/executionId', 'id'],
    workflowName: ['workflow_name', 'data/workflowName', { stem: 'event' }],
    status: ['status', 'data/status'],
    errorMessage: ['error_message', 'error/message', 'error'],
  },
  preview: 'data',
  identity: { byEvent: {} },
  statusWords: usualStatusWords,
  secret: { madeBy: 'callboard', example: '64 hexadecimal digits' },
  setUp: [
    'Add a Webhook block to the workflow in Sim and set its URL to {url}.',
    'Set its signing secret, and send at least an event and a job_id in its body.',
  ],
  notes: ['The header is the same as Callboard’s own, in another format: choose this sender, not Callboard.'],
  sample: ({ id }) => ({ event: 'workflow.completed', job_id: id, workflow_name: 'Triage', data: { result: 'ok' } }),
})
