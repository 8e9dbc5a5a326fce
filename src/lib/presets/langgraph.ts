import { bearerToken, headerToken, queryToken } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** LangGraph Platform, LangSmith Deployment: the run, once it is over. Its JavaScript server sends once and never again. */
export const langgraph = definePreset({
  id: 'langgraph',
  name: 'LangGraph',
  schemes: [bearerToken, headerToken('x-webhook-token'), queryToken('token')],
  fields: {
    event: [{ template: 'run.{status}' }],
    jobId: ['run_id'],
    workflowName: ['metadata/graph_id', 'assistant_id'],
    status: ['status'],
    errorMessage: ['error', 'error/message'],
    // Not webhook_sent_at: a retry has another, and this is part of the identity.
    eventTime: ['run_ended_at', 'run_started_at'],
    durationMs: [{ from: 'run_started_at', to: 'run_ended_at' }],
  },
  preview: 'values',
  // A run that is resumed ends once more, at another time.
  identity: ['eventTime'],
  volatile: ['webhook_sent_at'],
  statusWords: usualStatusWords,
  secret: { madeBy: 'callboard', example: '64 hexadecimal digits' },
  setUp: [
    'Create runs with webhook set to {url}.',
    'Set the header Authorization in webhooks.headers of langgraph.json to Bearer, a blank and the secret, taken from an environment variable whose name begins with LG_WEBHOOK_.',
    'Where headers can’t be set, append ?token= and the secret to the URL.',
  ],
  notes: [
    'The JavaScript server sends each callback once, without a retry: what is missed is gone.',
    'The token proves who sends and not what: callbacks are marked *Token only*.',
  ],
  sample: ({ id, now }) => ({
    run_id: id,
    thread_id: 'thread_1',
    assistant_id: 'agent',
    metadata: { graph_id: 'research' },
    status: 'success',
    run_started_at: new Date(now.getTime() - 9_000).toISOString(),
    run_ended_at: now.toISOString(),
    webhook_sent_at: now.toISOString(),
    values: { messages: [{ type: 'ai', content: 'Here is what I found.' }] },
  }),
})
