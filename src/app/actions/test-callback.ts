'use server'

import { randomUUID } from 'node:crypto'
import { requireActingAdmin } from '@/app/require-acting-admin'
import { getRuntime } from '@/app/runtime'
import { AppError } from '@/lib/http/app-error'
import { signHmacSha256Hex } from '@/lib/signatures/hmac-sha256-hex'
import { type ActionAnswer, answerAction } from './answer-action'

const patienceMs = 5_000

/** Signs a test callback with the live secret and posts it through the front door, as a sender does. */
export async function sendTestCallback(): Promise<ActionAnswer<void>> {
  await requireActingAdmin()
  return answerAction(async () => {
    const { environment, publicUrl } = getRuntime()
    const [secret] = environment.webhookSecrets ?? []
    if (!secret) throw new AppError('unavailable', 'The console does not know the secret. Send one from a terminal.')
    const body = Buffer.from(
      JSON.stringify({
        event: 'workflow.completed',
        job_id: `test-${randomUUID()}`,
        workflow_name: 'test_callback',
        status: 'completed',
        result: { text: 'It works: signed, verified, stored, and shown.' },
        timestamp: new Date().toISOString(),
      }),
    )
    // The front door, where there is one; it may stand behind a proxy that can't be reached from here.
    const origin = process.env.__NEXT_PRIVATE_ORIGIN ?? publicUrl
    const response = await fetch(`${origin}/api/webhooks/llm-callback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-webhook-signature': signHmacSha256Hex(body, secret) },
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(patienceMs),
    })
    await response.arrayBuffer()
    if (!response.ok) throw new AppError('unavailable', `The test callback was answered ${response.status}.`)
  })
}
