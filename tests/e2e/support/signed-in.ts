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
  await expect(page.getByRole('button', { name: 'Notifications: Live' })).toBeVisible({ timeout: 15_000 })
}
