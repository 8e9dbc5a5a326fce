import { timestampedHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'

/** Langfuse's events of prompts. */
export const langfuse = definePreset({
  id: 'langfuse',
  name: 'Langfuse',
  schemes: [timestampedHmac('x-langfuse-signature')],
  fields: {
    event: [{ template: '{type}.{action}' }, 'type'],
    jobId: ['prompt/id', 'id'],
    workflowName: ['prompt/name'],
    eventTime: ['timestamp'],
    stepId: ['id'],
  },
  preview: 'prompt',
  volatile: ['timestamp'],
  identity: ['stepId'],
  statusWords: { created: 'completed', updated: 'completed', deleted: 'completed' },
  secret: { madeBy: 'sender', example: 'lf-whsec_ and text' },
  setUp: [
    'Open the project in Langfuse, Prompts, Automations, and create one with the action Webhook and {url}.',
    'Copy its secret, which is shown once, and paste it here.',
  ],
  notes: ['Events are of prompts and no jobs.'],
  sample: ({ id, now }) => ({
    id,
    timestamp: now.toISOString(),
    type: 'prompt-version',
    action: 'created',
    prompt: { id: `prompt_${id}`, name: 'triage', version: 3 },
  }),
})
