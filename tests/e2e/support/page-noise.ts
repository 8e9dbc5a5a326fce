import { expect, type Page } from '@playwright/test'

/** Collects what a page complains about; the returned function fails the test when it did. */
export function failOnConsoleNoise(page: Page): () => void {
  const noise: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') noise.push(message.text())
  })
  page.on('pageerror', (error) => noise.push(error.message))
  return () => expect(noise).toEqual([])
}
