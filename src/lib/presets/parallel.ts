import { standardWebhook } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** Parallel's tasks: Standard Webhooks, but the secret's text is the key as it is. */
export const parallel = definePreset({
  id: 'parallel',
  name: 'Parallel',
  schemes: [standardWebhook({ secret: 'utf8' })],
  fields: {
    event: ['type'],
    jobId: ['data/run_id'],
    workflowName: ['data/processor'],
    status: ['data/status'],
    errorMessage: ['data/error/message', 'data/error'],
    eventTime: ['timestamp'],
    durationMs: [{ from: 'data/created_at', to: 'data/modified_at' }],
  },
  preview: 'data',
  identity: 'message id',
  statusWords: usualStatusWords,
  secret: { madeBy: 'sender', example: 'the account’s webhook secret, as it is' },
  setUp: [
    'Create task runs with webhook {"url": "{url}", "event_types": ["task_run.status"]}.',
    'Open Parallel’s settings, Webhooks, and copy the account’s secret.',
    'Paste it here.',
  ],
  notes: ['Tried again from 5 s on, doubling, over 48 hours.', 'The secret is used as its text and never decoded.'],
  sample: ({ id, now }) => ({
    timestamp: now.toISOString(),
    type: 'task_run.status',
    data: {
      run_id: `trun_${id}`,
      status: 'completed',
      error: null,
      processor: 'core',
      created_at: new Date(now.getTime() - 275_000).toISOString(),
      modified_at: now.toISOString(),
    },
  }),
})
