import { afterEach, expect, vi } from 'vitest'

/** A test that writes to console.error or console.warn fails: nobody reads noise, and it hides what matters. */
const errors = vi.spyOn(console, 'error')
const warnings = vi.spyOn(console, 'warn')

afterEach(() => {
  const noise = [...errors.mock.calls, ...warnings.mock.calls]
  errors.mockClear()
  warnings.mockClear()
  expect(noise).toEqual([])
})
