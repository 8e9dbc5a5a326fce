'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { acceptInvite as accept } from '@/lib/admins/invites'
import { assertSameOrigin } from '@/lib/auth/assert-same-origin'
import { newAdminSchema } from '@/lib/auth/new-admin-schema'
import { firstErrors, type NewAdminState } from '@/lib/auth/new-admin-state'
import { AppError } from '@/lib/http/app-error'
import { requestingNetwork } from '@/lib/http/requesting-network'
import { getRuntime } from '../runtime'
import { signInHere } from '../sign-in-here'

/** Makes an admin of whoever holds the invite's link, signs them in and goes on to the callbacks. */
export async function acceptInvite(_previous: NewAdminState, form: FormData): Promise<NewAdminState> {
  const text = (name: string) => String(form.get(name) ?? '')
  const values = { name: text('name'), email: text('email') }
  const parsed = newAdminSchema.omit({ email: true }).safeParse({ name: values.name, password: text('password') })
  if (!parsed.success) return { values, fieldErrors: firstErrors(parsed.error.issues), message: null }
  const requestHeaders = await headers()
  const runtime = getRuntime()
  try {
    assertSameOrigin(requestHeaders, runtime)
    const network = requestingNetwork(requestHeaders)
    const email = await accept(runtime.db, { ...parsed.data, token: text('token'), now: new Date(), network })
    await signInHere({ email, password: parsed.data.password }, requestHeaders)
  } catch (error) {
    if (error instanceof AppError) return { values, fieldErrors: {}, message: error.message }
    // Not thrown on: Next would write it to the log as it is, and a failed query quotes the password's hash.
    runtime.log.error({ err: error }, 'an invite was not accepted')
    const message = 'This did not finish. Try the link again; if it says that it was used, sign in.'
    return { values, fieldErrors: {}, message }
  }
  redirect('/callbacks')
}
