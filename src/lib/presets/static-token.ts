import { bearerToken, headerToken, queryToken } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** Whoever can send a header, a bearer token or a parameter of the URL, and nothing better. */
export const staticToken = definePreset({
  id: 'static-token',
  name: 'Static token',
  schemes: [headerToken('x-webhook-token'), bearerToken, queryToken('token')],
  fields: {
    event: ['event', 'type', 'event_type'],
    jobId: ['job_id', 'id', 'run_id', 'request_id', 'data/id'],
    workflowName: ['workflow_name', 'workflow', 'name', 'model'],
    status: ['status', 'data/status'],
    errorMessage: ['error_message', 'error/message', 'error'],
  },
  preview: 'result',
  volatile: ['timestamp'],
  identity: { byEvent: {} },
  statusWords: usualStatusWords,
  options: ['header'],
  secret: { madeBy: 'callboard', example: '64 hexadecimal digits' },
  setUp: [
    'Have the sender POST JSON to {url}.',
    'Have it send the secret as the header X-Webhook-Token, or as Authorization: Bearer, or at the end of the URL as ?token=.',
    'Prefer a signature where the sender can make one: a token says who sends, not what.',
  ],
  notes: ['Callbacks are marked *Token only*: whoever saw one request can send any.'],
  sample: ({ id, now }) => ({
    event: 'job.completed',
    job_id: id,
    workflow_name: 'nightly',
    status: 'completed',
    result: { text: 'Done' },
    timestamp: now.toISOString(),
  }),
})
