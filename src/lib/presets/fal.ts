import type { PublicKeyScheme } from '@/lib/signatures/scheme'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

const scheme: PublicKeyScheme = {
  kind: 'ed25519',
  name: 'fal-ed25519',
  header: 'x-fal-webhook-signature',
  encoding: 'hex',
  prefix: '',
  key: { jwksUrl: 'https://rest.fal.ai/.well-known/jwks.json' },
  time: { from: { header: 'x-fal-webhook-timestamp' }, unit: 's', pastSeconds: 300, futureSeconds: 300 },
  signs: '{x-fal-webhook-request-id}\n{x-fal-webhook-user-id}\n{timestamp}\n{bodySha256}',
}

/** fal sends one callback a request. */
export const fal = definePreset({
  id: 'fal',
  name: 'fal',
  schemes: [scheme],
  fields: {
    event: [{ template: 'request.{status}' }],
    jobId: ['request_id', 'gateway_request_id'],
    status: ['status'],
    errorMessage: ['error', 'payload_error', 'payload/detail'],
  },
  preview: 'payload',
  identity: [],
  statusWords: usualStatusWords,
  secret: null,
  setUp: [
    'Submit each request to the queue with ?fal_webhook={url}, or webhookUrl in the client.',
    'There is no secret: fal signs with keys that it publishes, and Callboard fetches them.',
  ],
  notes: [
    'Tried again 10 times within two hours.',
    'Until the keys were fetched for the first time deliveries are answered 503, and come again.',
  ],
  sample: ({ id }) => ({
    request_id: id,
    gateway_request_id: id,
    status: 'OK',
    payload: { images: [{ url: 'https://example.com/image.png', width: 1_024, height: 1_024 }], seed: 42 },
  }),
})
