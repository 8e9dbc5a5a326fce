import { bodyHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** Cursor's cloud agents (API v0), which sign as Callboard's own sender does. */
export const cursor = definePreset({
  id: 'cursor',
  name: 'Cursor agents',
  schemes: [bodyHmac('x-webhook-signature')],
  fields: {
    event: ['event'],
    jobId: ['id'],
    workflowName: ['source/repository'],
    status: ['status'],
    eventTime: ['timestamp'],
  },
  preview: 'summary',
  volatile: ['timestamp'],
  identity: { byEvent: {} },
  statusWords: usualStatusWords,
  options: ['header'],
  secret: { madeBy: 'callboard', example: '64 hexadecimal digits' },
  setUp: ['Launch agents with webhook {"url": "{url}", "secret": "…"}, the secret being the one that is made here.'],
  notes: [
    'This is the v0 API; v1 has no webhooks yet.',
    'The id header is not signed, so the body decides what is a retry.',
  ],
  sample: ({ id, now }) => ({
    event: 'statusChange',
    timestamp: now.toISOString(),
    id: `bc_${id}`,
    status: 'FINISHED',
    source: { repository: 'https://github.com/your-org/your-repo', ref: 'main' },
    target: { branchName: 'cursor/add-readme-1234', prUrl: 'https://github.com/your-org/your-repo/pull/1234' },
    summary: 'Added README.md with installation instructions',
  }),
})
