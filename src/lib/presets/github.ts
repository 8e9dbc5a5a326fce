import { bodyHmac } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'

/** GitHub Actions and the rest of GitHub. Its delivery id is not signed, so the body decides what is a retry. */
export const github = definePreset({
  id: 'github',
  name: 'GitHub',
  schemes: [bodyHmac('x-hub-signature-256', { encoding: 'lower-case hex' })],
  fields: {
    event: [
      { template: 'workflow_run.{action}', where: 'workflow_run/id' },
      { template: 'workflow_job.{action}', where: 'workflow_job/id' },
      { template: 'check_run.{action}', where: 'check_run/id' },
      { template: 'check_suite.{action}', where: 'check_suite/id' },
      { template: 'ping', where: 'zen' },
      'action',
    ],
    jobId: ['workflow_run/id', 'workflow_job/id', 'check_run/id', 'check_suite/id', 'hook_id'],
    workflowName: ['workflow_run/name', 'workflow_job/workflow_name', 'check_run/name', 'repository/full_name'],
    status: [
      'workflow_run/conclusion',
      'workflow_job/conclusion',
      'check_run/conclusion',
      'check_suite/conclusion',
      'workflow_run/status',
      'workflow_job/status',
      'check_run/status',
      'check_suite/status',
    ],
    eventTime: [
      'workflow_run/updated_at',
      'workflow_job/completed_at',
      'check_run/completed_at',
      'check_run/started_at',
      'check_suite/updated_at',
    ],
    durationMs: [{ from: 'workflow_run/run_started_at', to: 'workflow_run/updated_at' }],
  },
  identity: { byEvent: {} },
  statusWords: {
    success: 'completed',
    neutral: 'completed',
    failure: 'failed',
    timed_out: 'failed',
    startup_failure: 'failed',
    cancelled: 'canceled',
    skipped: 'canceled',
    action_required: 'waiting',
    requested: 'queued',
  },
  secret: { madeBy: 'callboard', example: '64 hexadecimal digits' },
  setUp: [
    'Open the repository’s or organisation’s Settings, Webhooks, Add webhook.',
    'Paste {url} as the payload URL and choose application/json.',
    'Paste the secret, and choose Workflow runs among the events. GitHub does not try again by itself.',
  ],
  notes: [
    'It waits 10 s and does not try again by itself: redeliver by hand.',
    'The delivery id is not signed, so the body decides what is a retry.',
  ],
  sample: ({ id, now }) => ({
    action: 'completed',
    workflow_run: {
      id,
      name: 'Evaluate prompts',
      status: 'completed',
      conclusion: 'success',
      run_started_at: new Date(now.getTime() - 93_000).toISOString(),
      updated_at: now.toISOString(),
    },
    repository: { full_name: 'octo-org/prompts' },
  }),
})
