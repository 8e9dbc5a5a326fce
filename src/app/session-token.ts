import { headers } from 'next/headers'
import { getRuntime } from './runtime'

/** The token of the session that this request belongs to, to be told from the others; never to be sent anywhere. */
export async function sessionToken(): Promise<string | null> {
  const session = await getRuntime().auth.api.getSession({ headers: await headers(), query: { disableRefresh: true } })
  return session?.session.token ?? null
}
