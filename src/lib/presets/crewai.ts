import { bearerToken } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** CrewAI's event stream: several events in one POST, each a callback of its own, in no order. */
export const crewai = definePreset({
  id: 'crewai',
  name: 'CrewAI',
  schemes: [bearerToken],
  fields: {
    event: ['type'],
    jobId: ['execution_id'],
    workflowName: ['data/crew_name'],
    errorMessage: ['data/error'],
    eventTime: ['timestamp'],
    stepId: ['id'],
    tokensTotal: ['data/usage/total_tokens', 'data/total_tokens'],
  },
  preview: 'data',
  parts: { path: 'events', shared: {} },
  identity: ['stepId'],
  statusByEvent: {
    crew_kickoff_started: 'in_progress',
    crew_kickoff_completed: 'completed',
    crew_kickoff_failed: 'failed',
    flow_started: 'in_progress',
    flow_finished: 'completed',
    method_execution_started: 'in_progress',
    method_execution_finished: 'in_progress',
    task_started: 'in_progress',
    task_completed: 'in_progress',
    agent_execution_started: 'in_progress',
    agent_execution_completed: 'in_progress',
    llm_call_started: 'in_progress',
    llm_call_completed: 'in_progress',
    tool_usage_started: 'in_progress',
    tool_usage_finished: 'in_progress',
  },
  statusWords: usualStatusWords,
  secret: { madeBy: 'callboard', example: '64 hexadecimal digits' },
  setUp: [
    'Kick crews off with webhooks {"url": "{url}", "events": ["crew_kickoff_completed"], "authentication": {"strategy": "bearer", "token": "…"}}, the token being the secret that is made here.',
    'Name all events that you want to see, crew_kickoff_failed among them.',
  ],
  notes: [
    'Each event of a POST is a callback of its own; they come in any order.',
    'The token proves who sends and not what: callbacks are marked *Token only*.',
  ],
  sample: ({ id, now }) => ({
    events: [
      {
        id: `event-${id}`,
        execution_id: id,
        timestamp: now.toISOString(),
        type: 'crew_kickoff_completed',
        data: { crew_name: 'research', output: 'Three sources agree.' },
      },
    ],
  }),
})
