import { bearerToken, headerToken, timestampedHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** Vapi's calls. Messages that wait for an answer (assistant requests, tool calls) must not come here. */
export const vapi = definePreset({
  id: 'vapi',
  name: 'Vapi',
  schemes: [
    timestampedHmac('x-signature', {
      name: 'vapi-hmac-sha256',
      prefix: '',
      separator: undefined,
      time: { from: { header: 'x-timestamp' }, unit: 's', pastSeconds: 300, futureSeconds: 300 },
    }),
    bearerToken,
    headerToken('x-vapi-secret'),
  ],
  fields: {
    event: ['message/type'],
    jobId: ['message/call/id'],
    workflowName: ['message/assistant/name', 'message/call/assistantId'],
    status: ['message/status'],
    eventTime: [{ path: 'message/timestamp', unit: 'unix ms' }],
    durationMs: ['message/durationMs'],
    costUsd: ['message/cost'],
  },
  preview: 'message',
  identity: { byEvent: { 'end-of-call-report': [], 'status-update': ['status'] } },
  statusByEvent: { 'end-of-call-report': 'completed', hang: 'in_progress' },
  statusWords: { ...usualStatusWords, 'in-progress': 'in_progress', ringing: 'in_progress', forwarding: 'in_progress' },
  options: ['header'],
  secret: { madeBy: 'callboard', example: '64 hexadecimal digits' },
  setUp: [
    'Create a credential in Vapi: HMAC with SHA-256, or a bearer token, with the secret that is made here.',
    'Set the server URL of the assistant or the organisation to {url} and choose that credential.',
    'Send only reports and status updates here: other messages wait for an answer of their own.',
  ],
  notes: [
    'Point assistant requests and tool calls elsewhere: they wait for an answer that only your own code can give.',
    'A bearer token or `X-Vapi-Secret` works too, and is marked *Token only*.',
  ],
  sample: ({ id, now }) => ({
    message: {
      type: 'end-of-call-report',
      timestamp: now.getTime(),
      endedReason: 'hangup',
      cost: 0.0142,
      durationMs: 93_000,
      assistant: { name: 'Reception' },
      call: { id },
    },
  }),
})
