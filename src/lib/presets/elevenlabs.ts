import { timestampedHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** ElevenLabs after a call. Its cost is in credits, which are no money. */
export const elevenlabs = definePreset({
  id: 'elevenlabs',
  name: 'ElevenLabs',
  schemes: [
    timestampedHmac('elevenlabs-signature', {
      name: 'elevenlabs-hmac-sha256',
      prefix: 'v0=',
      time: { from: { prefix: 't=' }, unit: 's', pastSeconds: 1_800, futureSeconds: 300 },
    }),
  ],
  fields: {
    event: ['type'],
    jobId: ['data/conversation_id'],
    workflowName: ['data/agent_name', 'data/agent_id'],
    status: ['data/status'],
    errorMessage: ['data/failure_reason'],
    eventTime: [{ path: 'event_timestamp', unit: 'unix s' }],
    durationMs: [{ path: 'data/metadata/call_duration_secs', unit: 's' }],
  },
  preview: 'data',
  identity: [],
  statusByEvent: { call_initiation_failure: 'failed' },
  statusWords: usualStatusWords,
  secret: { madeBy: 'sender', example: 'wsec_ and 64 characters' },
  setUp: [
    'Open ElevenLabs, Settings, Webhooks, and create one with {url} and HMAC.',
    'Copy the secret, which is shown once, and paste it here.',
    'Turn on retries there: they are off unless asked for.',
  ],
  notes: [
    'Exactly 200 counts as taken. After 10 failures and none that worked for 7 days the webhook is switched off.',
    'Transcript and audio of one conversation are two callbacks. Audio is base64 and long: raise MAX_BODY_BYTES.',
    'Its cost is in credits, and so not shown as money.',
  ],
  sample: ({ id, now }) => ({
    type: 'post_call_transcription',
    event_timestamp: Math.floor(now.getTime() / 1_000),
    data: {
      agent_id: 'agent_1',
      agent_name: 'Reception',
      conversation_id: id,
      status: 'done',
      transcript: [{ role: 'agent', message: 'Hello' }],
      metadata: { call_duration_secs: 22, cost: 296 },
    },
  }),
})
