import type { JwtScheme } from '@/lib/signatures/scheme'
import { standardWebhook } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** What webhooks that are named in a request carry. The token is not bound to the body. */
const requestToken: JwtScheme = {
  kind: 'jwt',
  name: 'gemini-jwt',
  header: 'webhook-signature',
  algorithm: 'RS256',
  key: { jwksUrl: 'https://generativelanguage.googleapis.com/.well-known/jwks.json' },
  issuer: 'https://generativelanguage.googleapis.com',
  hasAudience: true,
}

/** Gemini's batches and long jobs. */
export const gemini = definePreset({
  id: 'gemini',
  name: 'Google Gemini',
  schemes: [standardWebhook(), requestToken],
  fields: {
    event: ['type'],
    jobId: ['data/id'],
    workflowName: [{ stem: 'type' }],
    errorMessage: ['data/error_message', 'data/error_code'],
    eventTime: ['timestamp'],
  },
  preview: 'data',
  identity: 'message id',
  statusWords: { ...usualStatusWords, generated: 'completed' },
  options: ['audience'],
  result: {
    urls: { 'batch.': 'https://generativelanguage.googleapis.com/v1beta/batches/{job}' },
    headers: { 'x-goog-api-key': '{key}' },
  },
  secret: { madeBy: 'sender', example: 'whsec_ and base64, the new_signing_secret of the answer' },
  setUp: [
    'Create a webhook with the Gemini API (webhooks.create) and give it {url} as its URI.',
    'Paste the new_signing_secret of the answer here: it is returned once.',
    'For webhooks that a request names in webhook_config.uris, set the audience below instead: their token says who sent them, and does not sign the body.',
  ],
  notes: [
    'Only ids and places are sent: give the source an API key, and the batch is fetched and shown beside the callback.',
    'Deliveries are tried again for 24 hours, then the webhook is switched off.',
    'With request tokens the body is not signed: such callbacks are marked *Token only*; fetch the job to be sure.',
  ],
  sample: ({ id, now }) => ({
    type: 'batch.succeeded',
    version: 'v1',
    timestamp: now.toISOString(),
    data: { id: `batch_${id}`, output_file_uri: 'gs://my-bucket/results.jsonl' },
  }),
})
