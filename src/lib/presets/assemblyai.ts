import { headerToken } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** AssemblyAI sends no more than the transcript's id. Any 4xx ends a delivery for good. */
export const assemblyai = definePreset({
  id: 'assemblyai',
  name: 'AssemblyAI',
  schemes: [headerToken('x-webhook-token')],
  fields: {
    event: [{ template: 'transcript.{status}' }],
    jobId: ['transcript_id'],
    status: ['status'],
  },
  identity: ['status'],
  statusWords: usualStatusWords,
  options: ['header'],
  result: {
    urls: { 'transcript.': 'https://api.assemblyai.com/v2/transcript/{job}' },
    headers: { authorization: '{key}' },
  },
  secret: { madeBy: 'callboard', example: '64 hexadecimal digits' },
  setUp: [
    'Submit transcripts with webhook_url set to {url}.',
    'Set webhook_auth_header_name to X-Webhook-Token, and webhook_auth_header_value to the secret.',
  ],
  notes: [
    'Only the id is sent: give the source an API key, and the transcript is fetched and shown beside the callback.',
    'Tried 10 times, but any 4xx ends a delivery for good.',
  ],
  sample: ({ id }) => ({ transcript_id: id, status: 'completed' }),
})
