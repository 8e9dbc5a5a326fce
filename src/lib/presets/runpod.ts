import { headerToken, queryToken } from '@/lib/signatures/standard-schemes'
import { definePreset } from './preset'
import { usualStatusWords } from './status-words'

/** RunPod's serverless jobs. It can send nothing but the URL, so the token stands there; only a 200 counts as taken. */
export const runpod = definePreset({
  id: 'runpod',
  name: 'RunPod',
  schemes: [queryToken('token'), headerToken('x-webhook-token')],
  fields: {
    event: [{ template: 'job.{status}' }],
    jobId: ['id'],
    status: ['status'],
    errorMessage: ['error'],
    durationMs: ['executionTime'],
  },
  preview: 'output',
  identity: ['status'],
  statusWords: {
    ...usualStatusWords,
    in_queue: 'queued',
    in_progress: 'in_progress',
    completed: 'completed',
    failed: 'failed',
  },
  secret: { madeBy: 'callboard', example: '64 hexadecimal digits' },
  setUp: ['Submit jobs with webhook set to {url}, followed by ?token= and the secret.'],
  notes: [
    'Exactly 200 counts as taken; two more tries, 10 s apart.',
    'The token stands in the URL, where proxies may log it; rejected ones are kept here without their query.',
  ],
  sample: ({ id }) => ({ id, status: 'COMPLETED', delayTime: 120, executionTime: 3_240, output: { text: 'Hello' } }),
})
