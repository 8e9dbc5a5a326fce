import { bodyHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** Trigger.dev's alerts: runs and deployments that failed. */
export const triggerDev = definePreset({
  id: 'trigger-dev',
  name: 'Trigger.dev alerts',
  schemes: [
    bodyHmac('x-trigger-signature-hmacsha256', { name: 'trigger-dev-hmac-sha256', prefix: '', separator: undefined }),
  ],
  fields: {
    event: ['type'],
    jobId: ['object/run/id', 'object/deployment/id', 'id'],
    workflowName: ['object/task/id'],
    errorMessage: ['object/run/error/message', 'object/error/message'],
    eventTime: ['created'],
    stepId: ['id'],
  },
  preview: 'object',
  identity: ['stepId'],
  statusWords: usualStatusWords,
  secret: { madeBy: 'sender', example: 'the secret of the alert channel' },
  setUp: [
    'Open the project in Trigger.dev, Alerts, New alert, Webhook, and paste {url}.',
    'Copy its secret and paste it here.',
  ],
  notes: ['Alerts alone are sent: runs and deployments that failed.'],
  sample: ({ id, now }) => ({
    id: `wh_${id}`,
    created: now.toISOString(),
    webhookVersion: 'v1',
    type: 'alert.run.failed',
    object: { task: { id: 'summarise' }, run: { id: `run_${id}`, status: 'FAILED', error: { message: 'No answer' } } },
  }),
})
