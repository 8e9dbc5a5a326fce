import type { TokenScheme } from '@/lib/signatures/scheme'
import { basicToken } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'

/** What `extra=callback_secret:…` is echoed as. */
const echoedSecret: TokenScheme = {
  kind: 'token',
  name: 'body-token',
  in: 'body',
  at: 'metadata/extra/callback_secret',
}

/** Deepgram's transcripts. Its `dg-token` header proves nothing any more. */
export const deepgram = definePreset({
  id: 'deepgram',
  name: 'Deepgram',
  schemes: [basicToken, echoedSecret],
  fields: {
    event: [{ template: 'transcript.failed', where: 'err_code' }, { template: 'transcript.completed' }],
    jobId: ['metadata/request_id', 'request_id'],
    errorMessage: ['err_msg'],
    eventTime: ['metadata/created'],
  },
  preview: 'results',
  identity: [],
  secret: { madeBy: 'callboard', example: 'a user name, a colon and a password' },
  setUp: [
    'Request transcripts with callback set to {url}, with user:password@ in front of its host.',
    'Keep user:password as the secret here.',
  ],
  notes: [
    'Tried 10 times, 30 s apart, on ports 80, 443, 8080 and 8443 alone.',
    '`extra=callback_secret:…` is accepted as well, and then stands in every stored body.',
  ],
  sample: ({ id, now }) => ({
    metadata: { request_id: id, created: now.toISOString(), duration: 18.42, channels: 1 },
    results: { channels: [{ alternatives: [{ transcript: 'hello world', confidence: 0.99 }] }] },
  }),
})
