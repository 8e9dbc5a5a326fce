import { describe, expect, test } from 'vitest'
import type { Preset } from '@/lib/presets/preset'
import { presets } from '@/lib/presets/presets'
import published from '../../fixtures/signatures.json' with { type: 'json' }
import { identityOf, read, readOne } from './support'

const presetOf = (id: string) => presets.get(id) as Preset

/** Bodies as the senders document them, with what a reader is to see of each. */
const mapped: [preset: string, body: object, columns: object][] = [
  [
    'openai',
    { id: 'evt_1', type: 'fine_tuning.job.failed', created_at: 1719168000, data: { id: 'ftjob_1' } },
    {
      externalJobId: 'ftjob_1',
      eventType: 'fine_tuning.job.failed',
      workflowName: 'fine_tuning.job',
      status: 'failed',
      eventTime: '2024-06-23T18:40:00.000000Z',
    },
  ],
  ['openai', { type: 'batch.expired', data: { id: 'batch_1' } }, { status: 'failed', workflowName: 'batch' }],
  ['openai', { type: 'response.cancelled', data: { id: 'resp_1' } }, { status: 'canceled' }],
  ['openai', { type: 'response.incomplete', data: { id: 'resp_1' } }, { status: 'failed' }],
  [
    'openai',
    { type: 'realtime.call.incoming', data: { call_id: 'rtc_1' } },
    { externalJobId: 'rtc_1', status: 'unknown' },
  ],
  [
    'anthropic',
    { type: 'event', created_at: '2026-07-14T09:14:47Z', data: { type: 'session.status_idled', id: 'sesn_1' } },
    { externalJobId: 'sesn_1', eventType: 'session.status_idled', workflowName: 'session', status: 'waiting' },
  ],
  ['anthropic', { data: { type: 'session.status_terminated', id: 's' } }, { status: 'unknown' }],
  ['anthropic', { data: { type: 'deployment_run.failed', id: 'r' } }, { status: 'failed' }],
  [
    'gemini',
    {
      type: 'batch.failed',
      timestamp: '2026-01-22T12:00:00Z',
      data: { id: 'b', error_code: 9, error_message: 'quota' },
    },
    { externalJobId: 'b', workflowName: 'batch', status: 'failed', errorMessage: 'quota' },
  ],
  ['gemini', { type: 'video.generated', data: { id: 'v' } }, { workflowName: 'video', status: 'completed' }],
  ['gemini', { type: 'interaction.requires_action', data: { id: 'i' } }, { status: 'waiting' }],
  [
    'replicate',
    {
      id: 'p',
      model: 'm/x',
      status: 'succeeded',
      completed_at: '2026-07-14T09:00:09Z',
      metrics: { predict_time: 1.425 },
    },
    {
      externalJobId: 'p',
      workflowName: 'm/x',
      eventType: 'prediction.succeeded',
      status: 'completed',
      durationMs: 1_425,
    },
  ],
  [
    'replicate',
    { id: 'p', status: 'succeeded', metrics: { input_token_count: 900, output_token_count: 12 } },
    { tokensTotal: null },
  ],
  [
    'replicate',
    { id: 'p', version: 'v', status: 'failed', error: 'OOM' },
    { workflowName: 'v', status: 'failed', errorMessage: 'OOM' },
  ],
  ['replicate', { id: 'p', status: 'processing' }, { status: 'in_progress' }],
  [
    'fal',
    { request_id: 'r', status: 'ERROR', error: 'Invalid', payload: { detail: 'x' } },
    { externalJobId: 'r', eventType: 'request.ERROR', status: 'failed', errorMessage: 'Invalid' },
  ],
  [
    'elevenlabs',
    {
      type: 'post_call_transcription',
      event_timestamp: 1739537297,
      data: { agent_id: 'a', conversation_id: 'c', status: 'done', metadata: { call_duration_secs: 22, cost: 296 } },
    },
    { externalJobId: 'c', workflowName: 'a', status: 'completed', durationMs: 22_000, costUsd: null },
  ],
  [
    'elevenlabs',
    { type: 'call_initiation_failure', data: { conversation_id: 'c', failure_reason: 'busy' } },
    { status: 'failed', errorMessage: 'busy' },
  ],
  [
    'langgraph',
    {
      run_id: 'r',
      assistant_id: 'a',
      status: 'success',
      run_started_at: '2026-07-14T09:00:00.000Z',
      run_ended_at: '2026-07-14T09:00:09.000Z',
    },
    { externalJobId: 'r', workflowName: 'a', eventType: 'run.success', status: 'completed', durationMs: 9_000 },
  ],
  ['langgraph', { run_id: 'r', status: 'interrupted' }, { status: 'waiting' }],
  ['langgraph', { run_id: 'r', status: 'timeout', error: 'too long' }, { status: 'failed', errorMessage: 'too long' }],
  [
    'sim',
    {
      id: 'e',
      type: 'workflow.execution.completed',
      timestamp: 1735925767890,
      data: {
        workflowName: 'Triage',
        executionId: 'x',
        status: 'success',
        totalDurationMs: 334,
        cost: { total: 0.00234, tokens: { total: 579 } },
      },
    },
    {
      externalJobId: 'x',
      workflowName: 'Triage',
      status: 'completed',
      durationMs: 334,
      tokensTotal: 579,
      costUsd: '0.00234',
    },
  ],
  [
    'cursor',
    { event: 'statusChange', id: 'bc_1', status: 'ERROR', source: { repository: 'https://x/y' } },
    { externalJobId: 'bc_1', workflowName: 'https://x/y', status: 'failed' },
  ],
  [
    'firecrawl',
    { type: 'crawl.page', id: 'j', webhookId: 'w' },
    { externalJobId: 'j', workflowName: 'crawl', status: 'in_progress' },
  ],
  ['firecrawl', { type: 'crawl.failed', id: 'j', error: 'blocked' }, { status: 'failed', errorMessage: 'blocked' }],
  [
    'assemblyai',
    { transcript_id: 't', status: 'error' },
    { externalJobId: 't', eventType: 'transcript.error', status: 'failed' },
  ],
  [
    'deepgram',
    { metadata: { request_id: 'd' }, results: {} },
    { externalJobId: 'd', eventType: 'transcript.completed', status: 'completed' },
  ],
  [
    'deepgram',
    { err_code: 'Bad Request', err_msg: 'corrupt', request_id: 'd' },
    { externalJobId: 'd', eventType: 'transcript.failed', status: 'failed', errorMessage: 'corrupt' },
  ],
  [
    'runpod',
    { id: 'j', status: 'TIMED_OUT', executionTime: 3240 },
    { externalJobId: 'j', eventType: 'job.TIMED_OUT', status: 'failed', durationMs: 3_240 },
  ],
  ['runpod', { id: 'j', status: 'CANCELLED' }, { status: 'canceled' }],
  [
    'baseten',
    { request_id: 'r', model_id: 'm', type: 'async_request_completed', time: '2024-04-30T01:01:08Z' },
    { externalJobId: 'r', workflowName: 'm', status: 'completed' },
  ],
  [
    'retell',
    {
      event: 'call_analyzed',
      call: {
        call_id: 'c',
        agent_id: 'a',
        call_status: 'ended',
        duration_ms: 22000,
        call_cost: { combined_cost: 3.5 },
      },
    },
    { externalJobId: 'c', workflowName: 'a', status: 'completed', durationMs: 22_000, costUsd: '3.5e-2' },
  ],
  [
    'parallel',
    { type: 'task_run.status', data: { run_id: 't', processor: 'core', status: 'completed' } },
    { externalJobId: 't', workflowName: 'core', status: 'completed' },
  ],
  [
    'github',
    { action: 'completed', workflow_run: { id: 1, name: 'CI', conclusion: 'failure' } },
    { externalJobId: '1', workflowName: 'CI', eventType: 'workflow_run.completed', status: 'failed' },
  ],
  [
    'github',
    {
      action: 'completed',
      check_run: { id: 2, name: 'lint', conclusion: 'failure', completed_at: '2026-07-14T09:00:09Z' },
    },
    { externalJobId: '2', workflowName: 'lint', eventType: 'check_run.completed', status: 'failed' },
  ],
  [
    'github',
    { action: 'completed', check_suite: { id: 3, conclusion: 'failure' }, repository: { full_name: 'o/r' } },
    { externalJobId: '3', workflowName: 'o/r', eventType: 'check_suite.completed', status: 'failed' },
  ],
  ['github', { zen: 'Design for failure.', hook_id: 7 }, { eventType: 'ping', externalJobId: '7' }],
  [
    'vapi',
    { message: { type: 'end-of-call-report', call: { id: 'c' }, cost: 0.1 } },
    { externalJobId: 'c', status: 'completed', costUsd: '0.1' },
  ],
  [
    'trigger-dev',
    { id: 'w', type: 'alert.run.failed', object: { task: { id: 't' }, run: { id: 'r', error: { message: 'boom' } } } },
    { externalJobId: 'r', workflowName: 't', status: 'failed', errorMessage: 'boom' },
  ],
  ['qstash', { status: 500, sourceMessageId: 'm', retried: 0 }, { eventType: 'response.500', status: 'unknown' }],
  [
    'qstash',
    { status: 500, sourceMessageId: 'm', retried: 3, dlqId: '1725323658779-0' },
    { externalJobId: 'm', eventType: 'message.failed', status: 'failed' },
  ],
  ['qstash', { status: 200, sourceMessageId: 'm', url: 'https://x' }, { externalJobId: 'm', status: 'completed' }],
  [
    'manus',
    { event_id: 'e', event_type: 'task_stopped', task_detail: { task_id: 't', stop_reason: 'ask' } },
    { externalJobId: 't', status: 'waiting' },
  ],
  [
    'langfuse',
    { id: 'i', type: 'prompt-version', action: 'created', prompt: { id: 'p', name: 'n' } },
    { externalJobId: 'p', workflowName: 'n', eventType: 'prompt-version.created' },
  ],
  [
    'exa',
    { id: 'e', type: 'webset.idle', data: { id: 'w' } },
    { externalJobId: 'w', workflowName: 'webset', status: 'completed' },
  ],
  [
    'hugging-face',
    { event: { action: 'update', scope: 'repo.content' }, repo: { name: 'u/r', id: 'i' } },
    { eventType: 'repo.content.update', workflowName: 'u/r' },
  ],
]

test.each(mapped)('%s: %j', (id, body, columns) => {
  expect(readOne(presetOf(id), body)).toMatchObject(columns)
})

describe('a retry as its sender makes it is the same callback with the same content', () => {
  test.each([
    ['openai', { type: 'response.completed', data: { id: 'r' } }, {}, 'wh_1'],
    ['sim', { id: 'evt_1', timestamp: 1, type: 't', data: { executionId: 'x' } }, { id: 'evt_2', timestamp: 2 }, null],
    [
      'langgraph',
      { run_id: 'r', status: 'success', run_ended_at: '2026-01-01T00:00:00Z', webhook_sent_at: '1' },
      { webhook_sent_at: '2' },
      null,
    ],
    [
      'langgraph',
      { run_id: 'r', status: 'error', run_started_at: '2026-01-01T00:00:00Z', webhook_sent_at: '1' },
      { webhook_sent_at: '2' },
      null,
    ],
    ['qstash', { sourceMessageId: 'm', status: 500, retried: 1 }, {}, null],
    ['fal', { request_id: 'r', status: 'OK' }, {}, null],
    ['cursor', { event: 'statusChange', id: 'b', status: 'FINISHED', timestamp: '1' }, { timestamp: '2' }, null],
    ['baseten', { request_id: 'r', type: 'async_request_completed', time: '1' }, { time: '2' }, null],
  ] as const)('%s', (id, first, changed, messageId) => {
    const preset = presetOf(id)
    expect(identityOf(preset, { ...first, ...changed }, messageId)).toEqual(identityOf(preset, first, messageId))
  })
})

describe('what one job says at different times is never one callback', () => {
  test.each([
    [
      'replicate',
      [
        { id: 'p', status: 'starting' },
        { id: 'p', status: 'succeeded' },
      ],
      ['msg_1', 'msg_2'],
    ],
    [
      'anthropic',
      [{ data: { type: 'session.status_idled', id: 's' } }, { data: { type: 'session.status_idled', id: 's' } }],
      ['e_1', 'e_2'],
    ],
    [
      'firecrawl',
      [
        { type: 'crawl.page', id: 'j', webhookId: 'a' },
        { type: 'crawl.page', id: 'j', webhookId: 'b' },
      ],
      [null, null],
    ],
    [
      'elevenlabs',
      [
        { type: 'post_call_transcription', data: { conversation_id: 'c' } },
        { type: 'post_call_audio', data: { conversation_id: 'c' } },
      ],
      [null, null],
    ],
    [
      'cursor',
      [
        { event: 'statusChange', id: 'b', status: 'FINISHED' },
        { event: 'statusChange', id: 'b', status: 'ERROR' },
      ],
      [null, null],
    ],
    [
      'retell',
      [
        { event: 'transcript_updated', call: { call_id: 'c', transcript: 'a' } },
        { event: 'transcript_updated', call: { call_id: 'c', transcript: 'ab' } },
      ],
      [null, null],
    ],
    [
      'runpod',
      [
        { id: 'j', status: 'IN_PROGRESS' },
        { id: 'j', status: 'COMPLETED' },
      ],
      [null, null],
    ],
    [
      'qstash',
      [
        { sourceMessageId: 'm', status: 500, retried: 0 },
        { sourceMessageId: 'm', status: 500, retried: 1 },
        { sourceMessageId: 'm', status: 500, retried: 1, dlqId: 'd' },
      ],
      [null, null, null],
    ],
    [
      'langgraph',
      [
        { run_id: 'r', status: 'success', run_ended_at: '2026-01-01T00:00:00Z' },
        { run_id: 'r', status: 'success', run_ended_at: '2026-01-01T00:01:00Z' },
      ],
      [null, null],
    ],
  ] as const)('%s', (id, bodies, messageIds) => {
    const keys = bodies.map((body, index) => identityOf(presetOf(id), body, messageIds[index] ?? null).key)
    expect(new Set(keys).size).toBe(bodies.length)
  })
})

describe('several in one POST are callbacks of their own', () => {
  test('langsmith: each run with its own bytes, tokens and cost; a rule that sends it again sends the same', () => {
    const runs = [
      '{"id":"a", "name":"Chat","run_type":"llm","status":"success","total_tokens":579,"total_cost":0.00234,"end_time":"2026-07-14T09:00:02Z","start_time":"2026-07-14T09:00:00Z"}',
      '{"id":"b","run_type":"chain","status":"error","error":"boom","end_time":"2026-07-14T09:00:03Z"}',
    ]
    const preset = presetOf('langsmith')
    const body = (rule: string) => `{"rule_id":"${rule}","runs":[${runs.join(' , ')}]}`
    const { callbacks, refusal } = read(preset, body('r1'))
    expect(refusal).toBe(null)
    expect(callbacks.map(({ raw }) => Buffer.from(raw).toString())).toEqual(runs)
    expect(callbacks).toMatchObject([
      {
        externalJobId: 'a',
        workflowName: 'Chat',
        eventType: 'run.llm',
        status: 'completed',
        tokensTotal: 579,
        costUsd: '0.00234',
        durationMs: 2_000,
      },
      { externalJobId: 'b', eventType: 'run.chain', status: 'failed', errorMessage: 'boom' },
    ])
    const keys = (rule: string) => read(preset, body(rule)).callbacks.map(({ deliveryKey }) => deliveryKey)
    expect(keys('r1')).toEqual(keys('r1'))
    expect(new Set([...keys('r1'), ...keys('r2')]).size).toBe(4)
  })

  test('crewai: each event by its own id', () => {
    const body = published.find(({ id }) => id === 'crewai-01')?.body ?? ''
    const { callbacks } = read(presetOf('crewai'), body)
    expect(callbacks).toMatchObject([
      { externalJobId: 'crew-run-id', eventType: 'llm_call_started', stepId: 'event-id-1', status: 'in_progress' },
      { externalJobId: 'crew-run-id', eventType: 'llm_call_completed', stepId: 'event-id-2', status: 'in_progress' },
    ])
    expect(callbacks[0]?.deliveryKey).not.toBe(callbacks[1]?.deliveryKey)
  })

  test('crewai: a flow ends as a crew does', () => {
    const types = ['flow_started', 'method_execution_finished', 'flow_finished']
    const events = types.map((type, index) => ({ id: String(index), execution_id: 'x', type }))
    const statuses = read(presetOf('crewai'), { events }).callbacks.map(({ status }) => status)
    expect(statuses).toEqual(['in_progress', 'in_progress', 'completed'])
  })

  test('a part that can’t be read is quarantined alone, and more than 1,000 all together', () => {
    const preset = presetOf('crewai')
    const mixed = read(preset, { events: [{ id: 'a', execution_id: 'x', type: 't' }, 5] })
    expect(mixed.callbacks.map(({ payloadState }) => payloadState)).toEqual(['stored', 'quarantined'])
    const events = Array.from({ length: 1_001 }, (_, index) => ({ id: String(index) }))
    expect(read(preset, { events })).toMatchObject({
      refusal: { code: 'not_a_callback', detail: expect.stringContaining('1001') },
      callbacks: [{ payloadState: 'quarantined' }],
    })
    expect(read(preset, { events: events.slice(1) }).callbacks).toHaveLength(1_000)
  })

  test('a byte order mark and an encoding that is none change nothing', () => {
    const preset = presetOf('langsmith')
    const body = '\ufeff{"rule_id":"r","runs":[{"id":"a"},{"id":"b"}]}'
    expect(read(preset, body).callbacks.map(({ externalJobId }) => externalJobId)).toEqual(['a', 'b'])
    expect(read(preset, body, null, 'identity').callbacks).toHaveLength(2)
  })

  test('an empty array, and none, are one callback each', () => {
    for (const body of [{ rule_id: 'r', runs: [] }, { rule_id: 'r' }]) {
      expect(read(presetOf('langsmith'), body).callbacks).toHaveLength(1)
    }
  })
})
