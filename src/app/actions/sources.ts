'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { requireActingAdmin } from '@/app/require-acting-admin'
import { getRuntime } from '@/app/runtime'
import { setApiKey as set, removeApiKey as unset } from '@/lib/sources/api-key'
import { changeSource as change, deleteSource as remove } from '@/lib/sources/change-source'
import { createSource as create } from '@/lib/sources/create-source'
import { startDebugging as start, stopDebugging as stop } from '@/lib/sources/doctor/debugging'
import { type NewSecret, type NewSource, type SourceChanges, slugSchema } from '@/lib/sources/schemas'
import { addSecret, revokeSecret as revoke } from '@/lib/sources/secrets'
import { type ActionAnswer, answerAction } from './answer-action'

/** Makes a source. */
export async function createSource(source: NewSource): Promise<ActionAnswer<void>> {
  await requireActingAdmin()
  const answer = await answerAction(() => create(getRuntime().db, source))
  revalidatePath('/sources')
  return answer
}

/** Renames a source, pauses it, lets it go on, or gives it other settings. */
export async function changeSource(slug: string, changes: SourceChanges): Promise<ActionAnswer<void>> {
  await requireActingAdmin()
  const answer = await answerAction(() => change(getRuntime().db, slugSchema.parse(slug), changes))
  revalidatePath('/sources', 'layout')
  return answer
}

/** Ends a source and its secrets; its callbacks stay. */
export async function deleteSource(slug: string): Promise<ActionAnswer<void>> {
  await requireActingAdmin()
  const answer = await answerAction(() => remove(getRuntime().db, slugSchema.parse(slug)))
  revalidatePath('/sources')
  return answer
}

/** Gives a source one more secret; the answer tells it where it was made here, this once. */
export async function addSourceSecret(secret: NewSecret): Promise<ActionAnswer<{ id: string; made: string | null }>> {
  await requireActingAdmin()
  const { db, callboardSecret } = getRuntime()
  const answer = await answerAction(() => addSecret(db, callboardSecret, secret))
  revalidatePath('/sources', 'layout')
  return answer
}

/** Ends a secret: within a second nothing that it signs is taken. */
export async function revokeSecret(source: string, id: string): Promise<ActionAnswer<void>> {
  await requireActingAdmin()
  const answer = await answerAction(() =>
    revoke(getRuntime().db, { source: slugSchema.parse(source), id: z.uuid().parse(id) }),
  )
  revalidatePath('/sources', 'layout')
  return answer
}

/** Keeps what a source refuses for the doctor, for 15 minutes. */
export async function startDebugging(source: string): Promise<ActionAnswer<void>> {
  await requireActingAdmin()
  const answer = await answerAction(async () => {
    await start(getRuntime().db, slugSchema.parse(source), new Date())
  })
  revalidatePath('/sources', 'layout')
  return answer
}

/** Stops that, and deletes what was kept. */
export async function stopDebugging(source: string): Promise<ActionAnswer<void>> {
  await requireActingAdmin()
  const answer = await answerAction(() => stop(getRuntime().db, slugSchema.parse(source)))
  revalidatePath('/sources', 'layout')
  return answer
}

/** Sets the API key with which results are fetched that the sender does not send. */
export async function setApiKey(source: string, key: string): Promise<ActionAnswer<void>> {
  await requireActingAdmin()
  const { db, callboardSecret } = getRuntime()
  const answer = await answerAction(() =>
    set(db, callboardSecret, { source: slugSchema.parse(source), key, now: new Date() }),
  )
  revalidatePath('/sources', 'layout')
  return answer
}

/** Ends that; what was fetched stays. */
export async function removeApiKey(source: string): Promise<ActionAnswer<void>> {
  await requireActingAdmin()
  const answer = await answerAction(() => unset(getRuntime().db, slugSchema.parse(source)))
  revalidatePath('/sources', 'layout')
  return answer
}
