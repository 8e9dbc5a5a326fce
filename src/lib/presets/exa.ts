import { timestampedHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** Exa's websets and monitors. */
export const exa = definePreset({
  id: 'exa',
  name: 'Exa',
  schemes: [timestampedHmac('exa-signature')],
  fields: {
    event: ['type'],
    jobId: ['data/id', 'id'],
    workflowName: [{ stem: 'type' }],
    status: ['data/status'],
    eventTime: ['createdAt'],
    stepId: ['id'],
  },
  preview: 'data',
  identity: ['stepId'],
  statusWords: { ...usualStatusWords, idle: 'completed', enriched: 'in_progress', paused: 'waiting' },
  secret: { madeBy: 'sender', example: 'the secret of the answer that made the webhook' },
  setUp: [
    'Create a webhook with Exa’s API (POST /websets/v0/webhooks) and give it {url} and the events that you want.',
    'Paste the secret of the answer here: it is returned once.',
  ],
  notes: ['Redirects are not followed.'],
  sample: ({ id, now }) => ({
    id: `evt_${id}`,
    object: 'event',
    type: 'webset.idle',
    createdAt: now.toISOString(),
    data: { id: `webset_${id}`, status: 'idle' },
  }),
})
