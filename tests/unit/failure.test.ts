import { DrizzleQueryError } from 'drizzle-orm'
import { afterEach, expect, test, vi } from 'vitest'
import { reportFailure } from '@/cli/failure'

afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})

test('a command whose statement failed says why, and prints none of its parameters', () => {
  const written: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  const cause = new Error('relation "auth_accounts" does not exist')
  reportFailure(new DrizzleQueryError('update auth_accounts set password = $1', ['canary-hash'], cause))
  expect(written).toEqual(['callboard: relation "auth_accounts" does not exist\n'])
  expect(process.exitCode).toBe(1)
})
