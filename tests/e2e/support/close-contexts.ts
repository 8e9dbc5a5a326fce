import type { Browser } from '@playwright/test'

/**
 * Closes whatever a test has opened. The browser is shared by all files, and a page that is left open goes on polling a Callboard that
 * is long gone: with dozens of them each test takes longer, until one misses its time.
 */
export async function closeContexts(browser: Browser): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()))
}
