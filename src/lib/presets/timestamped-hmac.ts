import { timestampedHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** Whoever signs as Stripe does: `t=<seconds>,v1=<hex>` over the time, a dot and the body. */
export const timestampedHmacPreset = definePreset({
  id: 'timestamped-hmac',
  name: 'Timestamped HMAC (as Stripe)',
  schemes: [timestampedHmac('stripe-signature')],
  fields: {
    event: ['type', 'event'],
    jobId: ['data/object/id', 'data/id', 'job_id', 'id'],
    workflowName: ['workflow_name', { stem: 'type' }],
    status: ['data/object/status', 'data/status', 'status'],
    errorMessage: ['error_message', 'error/message', 'error'],
  },
  preview: 'data',
  identity: { byEvent: {} },
  statusWords: usualStatusWords,
  options: ['header'],
  secret: { madeBy: 'callboard', example: 'any text of 16 characters or more' },
  setUp: [
    'Give the sender {url} as the webhook’s URL, and set the header that it signs in below.',
    'Paste the sender’s secret here, or give it the one that is made here: it is used as its UTF-8 bytes.',
  ],
  notes: ['Signatures end after 5 minutes in both directions; Stripe’s own library takes any future time.'],
  sample: ({ id }) => ({ id: `evt_${id}`, type: 'job.completed', data: { id, status: 'completed' } }),
})
