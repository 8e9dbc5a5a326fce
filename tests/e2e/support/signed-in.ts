import { type APIRequest, type BrowserContext, expect, type Page } from '@playwright/test'
import { admin } from './callboard'

export type Session = Awaited<ReturnType<BrowserContext['storageState']>>

/** Signs in once, for all tests of a file: the fourth quick sign-in from one address is refused. */
export async function signInByApi(request: APIRequest, url: string, who = admin): Promise<Session> {
  const context = await request.newContext()
  const answer = await context.post(`${url}/api/auth/sign-in/email`, { headers: { origin: url }, data: who })
  expect(answer.status()).toBe(200)
  const session = await context.storageState()
  await context.dispose()
  return session
}

/** Waits until the console is alive: what is clicked or pressed before that is lost. */
export async function whenAlive(page: Page): Promise<void> {
  // On small screens the indicator has no place, but the part that writes it runs.
  await expect(page.locator('[aria-label="Notifications: Live"]')).toBeAttached({ timeout: 15_000 })
}
