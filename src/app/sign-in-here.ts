import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies'
import { cookies } from 'next/headers'
import { getRuntime } from './runtime'

/** Signs in whoever called the action, whose answer takes the cookie along. */
export async function signInHere(body: { email: string; password: string }, requestHeaders: Headers): Promise<void> {
  const response = await getRuntime().auth.api.signInEmail({ body, headers: requestHeaders, asResponse: true })
  const jar = await cookies()
  for (const header of response.headers.getSetCookie()) {
    for (const [name, cookie] of parseSetCookieHeader(header)) jar.set(name, cookie.value, toCookieOptions(cookie))
  }
}
