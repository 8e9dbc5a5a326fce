import type { Preset } from './preset'

/** Callboard's own sender: `X-Webhook-Signature: sha256=<hex>` over the raw body, jobs and their steps. */
export const native: Preset = {
  id: 'native',
  signature: { scheme: 'hmac-sha256-hex', header: 'x-webhook-signature' },
  wanted: {
    event: true,
    job_id: true,
    workflow_name: true,
    status: true,
    error_message: true,
    error: { message: true },
    timestamp: true,
    step_id: true,
    duration_ms: true,
    tokens: { total: true, total_tokens: true },
    cost_usd: true,
    cost_data: { total_tokens: true, cost_usd: true },
    result: { usage: { total_tokens: true } },
  },
  fields: {
    event: ['event'],
    jobId: ['job_id'],
    workflowName: ['workflow_name'],
    status: ['status'],
    errorMessage: ['error_message', 'error/message', 'error'],
    eventTime: ['timestamp'],
    stepId: ['step_id'],
    durationMs: ['duration_ms'],
    tokensTotal: [
      'tokens',
      'tokens/total',
      'tokens/total_tokens',
      'cost_data/total_tokens',
      'result/usage/total_tokens',
    ],
    costUsd: ['cost_usd', 'cost_data/cost_usd'],
  },
  preview: 'result',
  volatile: ['timestamp'],
  identity: {
    'workflow.completed': [],
    'workflow.failed': [],
    'llm.step.completed': ['stepId'],
  },
  statusByEvent: {
    'llm.step.completed': 'in_progress',
  },
}
