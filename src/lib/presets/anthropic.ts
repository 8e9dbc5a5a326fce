import { standardWebhook } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** Anthropic's managed agents: only ids are sent. Message batches have no webhook. */
export const anthropic = definePreset({
  id: 'anthropic',
  name: 'Anthropic',
  schemes: [standardWebhook()],
  fields: {
    event: ['data/type', 'type'],
    jobId: ['data/id'],
    workflowName: [{ stem: 'data/type' }],
    eventTime: ['created_at'],
  },
  preview: 'data',
  identity: 'message id',
  statusByEvent: {
    'session.status_idled': 'waiting',
    // An error, or only archived: which of them, the event does not say.
    'session.status_terminated': 'unknown',
    'session.status_running': 'in_progress',
  },
  statusWords: usualStatusWords,
  result: {
    urls: { 'session.': 'https://api.anthropic.com/v1/sessions/{job}' },
    headers: {
      'x-api-key': '{key}',
      'anthropic-version': '2023-06-01',
      'anthropic-beta': 'managed-agents-2026-04-01',
    },
  },
  secret: { madeBy: 'sender', example: 'whsec_ and 44 characters' },
  setUp: [
    'Open the Claude Console, Settings, Webhooks, and add an endpoint.',
    'Paste {url} as its URL: it must be HTTPS on port 443, and must never redirect.',
    'Copy the signing secret, which is shown once, and paste it here.',
  ],
  notes: [
    'Only ids are sent: give the source an API key, and the session is fetched and shown beside the callback.',
    'About 20 failures in a row switch the endpoint off, a redirect at once.',
    'Events come in any order; `session.status_terminated` is an error or an archiving, which it does not say.',
    'Message batches have no webhook: poll them.',
  ],
  sample: ({ id, now }) => ({
    type: 'event',
    id: `event_${id}`,
    created_at: now.toISOString(),
    data: { type: 'deployment_run.succeeded', id: `run_${id}`, organization_id: 'org_1', workspace_id: 'wrkspc_1' },
  }),
})
