import { bodyHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** Firecrawl's crawls, extractions and agents. */
export const firecrawl = definePreset({
  id: 'firecrawl',
  name: 'Firecrawl',
  schemes: [bodyHmac('x-firecrawl-signature')],
  fields: {
    event: ['type'],
    jobId: ['id'],
    workflowName: [{ stem: 'type' }],
    errorMessage: ['error'],
    stepId: ['webhookId'],
  },
  preview: 'data',
  // Each page of a crawl has the same job and event; this id is in the signed body, and stays with a retry.
  identity: ['stepId'],
  statusWords: { ...usualStatusWords, page: 'in_progress', action: 'in_progress' },
  secret: { madeBy: 'sender', example: 'the text under Webhook secret, one for each account' },
  setUp: [
    'Start jobs with webhook set to {url}.',
    'Open firecrawl.dev, Settings, Advanced, and copy the webhook secret.',
    'Paste it here.',
  ],
  notes: ['Tried again after 1, 5 and 15 minutes; 10 s each.', 'Every page of a crawl is a callback of its own.'],
  sample: ({ id }) => ({
    success: true,
    type: 'agent.completed',
    id,
    webhookId: `webhook-${id}`,
    data: [{ creditsUsed: 15, data: { company: 'Example Corp' } }],
    metadata: {},
  }),
})
