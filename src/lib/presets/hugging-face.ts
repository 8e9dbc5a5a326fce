import { headerToken, queryToken } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'

/** Events of repositories on Hugging Face. They have no id, so the body decides what is a retry. */
export const huggingFace = definePreset({
  id: 'hugging-face',
  name: 'Hugging Face',
  schemes: [headerToken('x-webhook-secret'), queryToken('secret')],
  fields: {
    event: [{ template: '{event/scope}.{event/action}' }, 'event/action'],
    jobId: ['repo/headSha', 'discussion/id', 'repo/id'],
    workflowName: ['repo/name'],
  },
  identity: { byEvent: {} },
  statusWords: { create: 'completed', update: 'completed', move: 'completed', delete: 'completed' },
  secret: { madeBy: 'callboard', example: '64 hexadecimal digits' },
  setUp: [
    'Open huggingface.co, Settings, Webhooks, and add one.',
    'Paste {url} as its URL and the secret as its secret, and choose what to watch.',
  ],
  notes: [
    'At most 1,000 deliveries a day; replay them by hand in the settings.',
    'Events are of repositories; they have no id and no job of their own.',
  ],
  sample: ({ id }) => ({
    event: { action: 'update', scope: 'repo.content' },
    repo: { type: 'model', name: 'your-org/your-model', id: 'repo_1', headSha: id },
    webhook: { id: 'webhook_1', version: 3 },
  }),
})
