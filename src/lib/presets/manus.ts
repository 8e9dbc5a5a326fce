import type { PublicKeyScheme } from '@/lib/signatures/scheme'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

const scheme: PublicKeyScheme = {
  kind: 'rsa-sha256',
  name: 'manus-rsa-sha256',
  header: 'x-webhook-signature',
  encoding: 'base64',
  prefix: '',
  key: 'pem',
  time: { from: { header: 'x-webhook-timestamp' }, unit: 's', pastSeconds: 300, futureSeconds: 300 },
  signs: '{timestamp}.{url}.{bodySha256}',
}

/** Manus: RSA over the time, the URL and the body's digest. */
export const manus = definePreset({
  id: 'manus',
  name: 'Manus',
  schemes: [scheme],
  fields: {
    event: ['event_type'],
    jobId: ['task_detail/task_id'],
    workflowName: ['task_detail/task_title'],
    status: ['task_detail/stop_reason'],
    stepId: ['event_id'],
  },
  preview: 'task_detail',
  identity: ['stepId'],
  statusByEvent: { task_created: 'queued', task_progress: 'in_progress' },
  statusWords: { ...usualStatusWords, finish: 'completed', ask: 'waiting' },
  secret: { madeBy: 'sender', example: 'a PEM text that begins with -----BEGIN PUBLIC KEY-----' },
  setUp: [
    'Fetch Manus’s public key from its API (webhooks, public key) and paste it here first: Manus sends a test before it goes on.',
    'Open Manus, Settings, Integrations, Webhooks, and paste {url}.',
    'Where a proxy gives this source another URL, set it in the settings: Manus signs the URL.',
  ],
  notes: [
    'The signed URL must be the one that Manus knows; behind a proxy set it in the source’s settings.',
    'Manus sends a test first and waits 10 s for a 200.',
  ],
  sample: ({ id }) => ({
    event_id: `task_stopped_${id}`,
    event_type: 'task_stopped',
    task_detail: { task_id: id, task_title: 'Research', message: 'done', stop_reason: 'finish' },
  }),
})
