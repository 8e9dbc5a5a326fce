import { bearerToken, headerToken, queryToken } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** A rule of LangSmith's: several runs in one POST, each a callback of its own. It waits 5 s, and a timeout is not tried again. */
export const langsmith = definePreset({
  id: 'langsmith',
  name: 'LangSmith rules',
  schemes: [bearerToken, headerToken('x-webhook-token'), queryToken('secret')],
  fields: {
    event: [{ template: 'run.{run_type}' }],
    jobId: ['id'],
    workflowName: ['name'],
    status: ['status'],
    errorMessage: ['error'],
    eventTime: ['end_time', 'start_time'],
    durationMs: [{ from: 'start_time', to: 'end_time' }],
    tokensTotal: ['total_tokens'],
    costUsd: ['total_cost'],
  },
  preview: 'outputs',
  // The rule, of which several may send the same run.
  parts: { path: 'runs', shared: { stepId: ['rule_id'] } },
  identity: ['stepId', 'eventTime'],
  statusWords: usualStatusWords,
  secret: { madeBy: 'callboard', example: '64 hexadecimal digits' },
  setUp: [
    'Open the tracing project in LangSmith, Rules, add one and choose the action Webhook.',
    'Paste {url} as its URL, followed by ?secret= and the secret, or give the secret as the header Authorization: Bearer.',
  ],
  notes: [
    'It waits 5 s and does not try again after a timeout or a 4xx.',
    'Each run of a POST is a callback of its own, with its tokens and its cost.',
  ],
  sample: ({ id, now }) => ({
    rule_id: 'rule_1',
    start_time: now.toISOString(),
    end_time: now.toISOString(),
    runs: [
      {
        id,
        trace_id: id,
        name: 'ChatOpenAI',
        run_type: 'llm',
        status: 'success',
        error: null,
        start_time: new Date(now.getTime() - 2_100).toISOString(),
        end_time: now.toISOString(),
        total_tokens: 579,
        total_cost: 0.00234,
        outputs: { text: 'Hello' },
      },
    ],
  }),
})
