import { standardWebhook } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** OpenAI, and Azure OpenAI: only ids are sent; what came out is fetched by them. */
export const openai = definePreset({
  id: 'openai',
  name: 'OpenAI',
  schemes: [standardWebhook({ secret: 'base64 behind whsec_' })],
  fields: {
    event: ['type'],
    jobId: ['data/id', 'data/call_id'],
    // The model is not sent: what kind of job it was says most.
    workflowName: [{ stem: 'type' }],
    eventTime: [{ path: 'created_at', unit: 'unix s' }],
  },
  preview: 'data',
  identity: 'message id',
  statusWords: usualStatusWords,
  result: {
    urls: {
      'response.': 'https://api.openai.com/v1/responses/{job}',
      'batch.': 'https://api.openai.com/v1/batches/{job}',
      'fine_tuning.job.': 'https://api.openai.com/v1/fine_tuning/jobs/{job}',
    },
    headers: { authorization: 'Bearer {key}' },
  },
  secret: { madeBy: 'sender', example: 'whsec_ and 44 characters' },
  setUp: [
    'Open platform.openai.com, Settings, your project, Webhooks, and create an endpoint.',
    'Paste {url} as its URL and choose the events of responses, batches, fine-tuning jobs or evals.',
    'Copy the signing secret, which is shown once, and paste it here.',
  ],
  notes: [
    'Only ids are sent: give the source an API key, and the response, batch or fine-tuning job is fetched and shown beside the callback.',
    'Any answer but a 2xx, redirects included, is tried again for up to 72 hours.',
    'A secret without `whsec_` is used as its text, as OpenAI’s own library does.',
  ],
  sample: ({ id, now }) => ({
    id: `evt_${id}`,
    object: 'event',
    created_at: Math.floor(now.getTime() / 1_000),
    type: 'response.completed',
    data: { id: `resp_${id}` },
  }),
})
