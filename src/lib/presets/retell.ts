import { timestampedHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** Retell's calls. What is signed is the body and then the time, with nothing between them. */
export const retell = definePreset({
  id: 'retell',
  name: 'Retell',
  schemes: [
    timestampedHmac('x-retell-signature', {
      name: 'retell-hmac-sha256',
      prefix: 'd=',
      time: { from: { prefix: 'v=' }, unit: 'ms', pastSeconds: 300, futureSeconds: 300 },
      signs: '{body}{timestamp}',
    }),
  ],
  fields: {
    event: ['event'],
    jobId: ['call/call_id'],
    workflowName: ['call/agent_name', 'call/agent_id'],
    status: ['call/call_status'],
    eventTime: [
      { path: 'call/end_timestamp', unit: 'unix ms' },
      { path: 'call/start_timestamp', unit: 'unix ms' },
    ],
    durationMs: ['call/duration_ms', 'call/call_cost/total_duration_ms'],
    costUsd: [{ path: 'call/call_cost/combined_cost', unit: 'cents' }],
  },
  preview: 'call',
  identity: { byEvent: { call_started: [], call_ended: [], call_analyzed: [] } },
  statusByEvent: { call_started: 'in_progress', transcript_updated: 'in_progress' },
  statusWords: { ...usualStatusWords, registered: 'queued', ongoing: 'in_progress', not_connected: 'failed' },
  secret: { madeBy: 'sender', example: 'key_ and the API key that has the webhook badge' },
  setUp: [
    'Open the Retell dashboard, Webhooks, and set the URL to {url}, for the account or for one agent.',
    'Paste the API key with the webhook badge here: Retell signs with it.',
  ],
  notes: ['10 s, up to 3 retries.', 'Costs arrive in US cents, and are shown in dollars.'],
  sample: ({ id, now }) => ({
    event: 'call_analyzed',
    call: {
      call_id: id,
      agent_id: 'agent_1',
      agent_name: 'Reception',
      call_status: 'ended',
      start_timestamp: now.getTime() - 22_000,
      end_timestamp: now.getTime(),
      duration_ms: 22_000,
      disconnection_reason: 'user_hangup',
      call_cost: { combined_cost: 3.5 },
    },
  }),
})
