import type { JwtScheme } from '@/lib/signatures/scheme'
import { definePreset } from './preset'

const token: JwtScheme = {
  kind: 'jwt',
  name: 'qstash-jwt',
  header: 'upstash-signature',
  algorithm: 'HS256',
  key: 'utf8',
  issuer: 'Upstash',
  subjectIsUrl: true,
  bodyDigestClaim: 'body',
}

/** Callbacks of Upstash QStash: what a called API answered, in base64. */
export const qstash = definePreset({
  id: 'qstash',
  name: 'Upstash QStash',
  schemes: [token],
  fields: {
    event: [{ template: 'message.failed', where: 'dlqId' }, { template: 'response.{status}' }],
    jobId: ['sourceMessageId'],
    workflowName: ['url'],
    status: ['status'],
    eventTime: [{ path: 'createdAt', unit: 'unix ms' }],
    stepId: ['retried'],
  },
  preview: 'body',
  // Each attempt at the API has a callback of its own, and two may have the same status.
  identity: ['stepId'],
  // A failure callback comes once, after the last attempt; only it has an id in the dead letter queue.
  statusByEvent: { 'message.failed': 'failed' },
  statusWords: { '200': 'completed', '201': 'completed', '202': 'completed', '204': 'completed' },
  secret: { madeBy: 'sender', example: 'sig_ and text; keep the current and the next key' },
  setUp: [
    'Publish messages with the headers Upstash-Callback: {url} and Upstash-Failure-Callback: {url}.',
    'Open the Upstash console, QStash, Signing keys, and paste the current and the next key here, one after the other.',
    'Where a proxy gives this source another URL, set it in the settings: QStash signs the URL.',
  ],
  notes: [
    'The signed URL must be the one that QStash knows; behind a proxy set it in the source’s settings.',
    'What the API answered is base64 in `body`.',
    'Every attempt at the API is a callback; one that failed says nothing of the job until the failure callback does.',
  ],
  sample: ({ id, now }) => ({
    status: 200,
    header: {},
    body: Buffer.from('{"choices":[]}').toString('base64'),
    retried: 0,
    maxRetries: 3,
    sourceMessageId: `msg_${id}`,
    url: 'https://api.openai.com/v1/chat/completions',
    method: 'POST',
    createdAt: now.getTime(),
  }),
})
