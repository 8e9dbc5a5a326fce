'use server'

import { setTimeout as sleep } from 'node:timers/promises'
import { requireActingAdmin } from '@/app/require-acting-admin'
import { getRuntime } from '@/app/runtime'
import { AppError } from '@/lib/http/app-error'
import { parseInput } from '@/lib/http/parse-input'
import { makeTestDelivery } from '@/lib/sources/make-test-delivery'
import { slugSchema } from '@/lib/sources/schemas'
import { builtInSlug, webhookUrlOf } from '@/lib/sources/source'
import { type ActionAnswer, answerAction } from './answer-action'

const patienceMs = 5_000

/** Makes a callback as the sender of a source would, and posts it through the front door, as the sender does. */
export async function sendTestCallback(source: string = builtInSlug): Promise<ActionAnswer<void>> {
  await requireActingAdmin()
  return answerAction(async () => {
    const { db, environment, callboardSecret, publicUrl } = getRuntime()
    const slug = parseInput(slugSchema, source)
    const delivery = await makeTestDelivery(db, {
      slug,
      callboardSecret,
      webhookSecrets: environment.webhookSecrets ?? [],
      webhookUrl: webhookUrlOf(publicUrl, slug),
      now: new Date(),
    })
    await sleep(delivery.notBefore.getTime() - Date.now())
    // The front door, where there is one; it may stand behind a proxy that can't be reached from here.
    const origin = process.env.__NEXT_PRIVATE_ORIGIN ?? publicUrl
    const response = await fetch(`${origin}${delivery.target}`, {
      method: 'POST',
      headers: delivery.headers,
      body: new Uint8Array(delivery.body),
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    })
    await response.arrayBuffer()
    if (!response.ok) throw new AppError('unavailable', `The test callback was answered ${response.status}.`)
  })
}
