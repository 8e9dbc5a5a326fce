import { standardWebhook } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** Replicate sends the prediction itself, at each of its stages that was asked for. */
export const replicate = definePreset({
  id: 'replicate',
  name: 'Replicate',
  schemes: [standardWebhook()],
  fields: {
    event: [{ template: 'prediction.{status}' }],
    jobId: ['id'],
    workflowName: ['model', 'version'],
    status: ['status'],
    errorMessage: ['error'],
    eventTime: ['completed_at', 'started_at', 'created_at'],
    durationMs: [{ path: 'metrics/predict_time', unit: 's' }],
    tokensTotal: ['metrics/token_count'],
  },
  preview: 'output',
  identity: 'message id',
  statusWords: usualStatusWords,
  secret: { madeBy: 'sender', example: 'whsec_ and base64, one for each account' },
  setUp: [
    'Create each prediction with webhook set to {url}, and webhook_events_filter to ["completed"] or more.',
    'Fetch the account’s secret: GET https://api.replicate.com/v1/webhooks/default/secret.',
    'Paste its key here.',
  ],
  notes: [
    'Terminal events are tried again for about a minute; events in between are sent once.',
    'Replicate’s own library accepts signatures of any age; here they end after 5 minutes.',
  ],
  sample: ({ id, now }) => ({
    id,
    model: 'meta/meta-llama-3-70b-instruct',
    version: 'hidden',
    status: 'succeeded',
    input: { prompt: 'Say hello' },
    output: ['Hello', '!'],
    error: null,
    metrics: { predict_time: 1.42 },
    created_at: now.toISOString(),
    completed_at: now.toISOString(),
  }),
})
