import { standardWebhook, standardWebhookEd25519 } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** Whoever follows Standard Webhooks, Svix's customers among them; signed with a secret or, v1a, with the sender's private key. */
export const standardWebhooks = definePreset({
  id: 'standard-webhooks',
  name: 'Standard Webhooks',
  schemes: [standardWebhook(), standardWebhook({ family: 'svix' }), standardWebhookEd25519()],
  fields: {
    event: ['type', 'event_type', 'event', 'eventType'],
    jobId: ['data/id', 'data/job_id', 'data/run_id', 'id'],
    workflowName: ['data/workflow_name', 'data/name', { stem: 'type' }],
    status: ['data/status'],
    errorMessage: ['data/error_message', 'data/error/message', 'data/error'],
    eventTime: ['timestamp', 'created_at'],
  },
  preview: 'data',
  identity: 'message id',
  statusWords: usualStatusWords,
  secret: { madeBy: 'callboard', example: 'whsec_ and base64, or whpk_ and base64' },
  setUp: [
    'Give the sender {url} as the webhook’s URL.',
    'Paste the sender’s secret here if it makes one; else give it the one that is made here, and have it sign id, timestamp and body.',
  ],
  notes: [
    '`webhook-*` and `svix-*` headers are both read; several signatures in one header, as during a rotation, are all tried.',
    'The signed id makes the identity: a retry is a duplicate, whatever else changed.',
    '`v1a` signatures are verified with a `whpk_` key.',
  ],
  sample: ({ id, now }) => ({ type: 'job.completed', timestamp: now.toISOString(), data: { id, status: 'completed' } }),
})
