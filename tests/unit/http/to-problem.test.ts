import { expect, test } from 'vitest'
import { z } from 'zod'
import { AppError } from '@/lib/http/app-error'
import { parseQuery } from '@/lib/http/parse-query'
import { toProblem } from '@/lib/http/to-problem'

const never = () => {
  throw new Error('not unexpected')
}

test('a foreseen error becomes its status, its code and its words', () => {
  const error = new AppError('invalid_cursor', 'malformed', { headers: { 'retry-after': '5' }, members: { at: 3 } })
  const { status, headers, body } = toProblem(error, never)
  expect(status).toBe(400)
  expect(headers).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'private, no-store',
    'retry-after': '5',
  })
  expect(JSON.parse(body)).toEqual({
    status: 400,
    title: 'Bad Request',
    detail: 'malformed',
    code: 'invalid_cursor',
    at: 3,
  })
})

test('the cause of a foreseen error is not sent', () => {
  const error = new AppError('not_found', 'gone', { cause: new Error('canary') })
  expect(JSON.stringify(toProblem(error, never))).not.toContain('canary')
})

test('an unknown error is a plain 500; its words go to the log alone, under the reference that is sent', () => {
  const told: unknown[] = []
  const error = new Error('canary in the password')
  const { status, body } = toProblem(error, (...both) => told.push(...both))
  expect(status).toBe(500)
  const sent = JSON.parse(body)
  expect(sent).toEqual({ status: 500, title: 'Internal Server Error', code: 'internal_error', ref: sent.ref })
  expect(told).toEqual([error, sent.ref])
  expect(sent.ref).toMatch(/^[0-9a-f]{6}$/)
})

test('a query that is wrong says which parameters and why', () => {
  const schema = z.strictObject({ limit: z.coerce.number().max(5) })
  const parse = (query: string) => () => parseQuery(schema, `http://localhost/?${query}`)
  expect(parse('limit=3')()).toEqual({ limit: 3 })
  expect(parse('limit=6')).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  expect(parse('limit=6')).toThrow(/^limit: /)
  expect(parse('limit=3&q=x')).toThrow(/"q"/)
  expect(parse('limit=3&limit=4')).toThrow('limit: given more than once')
})
