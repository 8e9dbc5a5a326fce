import { bodyHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'

/** Baseten's asynchronous inference. It sends twice at most, and then the output is gone. */
export const baseten = definePreset({
  id: 'baseten',
  name: 'Baseten',
  schemes: [bodyHmac('x-baseten-signature', { name: 'baseten-hmac-sha256', prefix: 'v1=' })],
  fields: {
    event: ['type'],
    jobId: ['request_id'],
    workflowName: ['model_id'],
    eventTime: ['time'],
  },
  preview: 'data',
  volatile: ['time'],
  identity: [],
  statusByEvent: { async_request_completed: 'completed', async_request_failed: 'failed' },
  secret: { madeBy: 'sender', example: 'whsec_ and 40 characters' },
  setUp: [
    'Open Baseten, Settings, Secrets, and create a webhook secret.',
    'Paste it here.',
    'Call async_predict with webhook_endpoint set to {url}. What two attempts can’t deliver is lost.',
  ],
  notes: [
    'Two attempts of 10 s, only after 500, 502, 503 and 504; then the output is lost.',
    'The secret is used as its text, `whsec_` included.',
  ],
  sample: ({ id, now }) => ({
    request_id: id,
    model_id: 'abcd1234',
    type: 'async_request_completed',
    time: now.toISOString(),
    data: { output: 'Hello' },
    errors: [],
  }),
})
