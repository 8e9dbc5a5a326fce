import { timestampedHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** Sim's workflows. Each retry has a new event id, a new time and a new delivery id: only the execution stays. */
export const sim = definePreset({
  id: 'sim',
  name: 'Sim',
  schemes: [
    timestampedHmac('sim-signature', {
      name: 'sim-hmac-sha256',
      time: { from: { prefix: 't=' }, unit: 'ms', pastSeconds: 300, futureSeconds: 300 },
    }),
  ],
  fields: {
    event: ['type'],
    jobId: ['data/executionId'],
    workflowName: ['data/workflowName', 'data/workflowId'],
    status: ['data/status'],
    errorMessage: ['data/finalOutput/error', 'data/error'],
    eventTime: ['data/endedAt', { path: 'timestamp', unit: 'unix ms' }],
    durationMs: ['data/totalDurationMs'],
    tokensTotal: ['data/cost/tokens/total'],
    costUsd: ['data/cost/total'],
  },
  preview: 'data',
  volatile: ['id', 'timestamp'],
  identity: [],
  statusWords: usualStatusWords,
  secret: { madeBy: 'callboard', example: '64 hexadecimal digits' },
  setUp: [
    'Open the workspace in Sim, Logs, Notifications, and add a webhook.',
    'Paste {url} as its URL and the secret as its secret.',
  ],
  notes: [
    'Tried 5 times within 15 minutes, only after 5xx and 429.',
    'Sim’s delivery id is new at every attempt; the execution is what stays.',
  ],
  sample: ({ id, now }) => ({
    id: `evt_${id}`,
    type: 'workflow.execution.completed',
    timestamp: now.getTime(),
    data: {
      workflowId: 'wf_xyz789',
      workflowName: 'Triage',
      executionId: id,
      status: 'success',
      endedAt: now.toISOString(),
      totalDurationMs: 334,
      cost: { total: 0.00234, tokens: { prompt: 123, completion: 456, total: 579 } },
    },
  }),
})
