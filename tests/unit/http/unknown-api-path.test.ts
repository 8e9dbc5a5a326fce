import { expect, test } from 'vitest'
import * as route from '@/app/api/[...rest]/route'

test('an API path that does not exist is a 404 for programs, whatever the method', async () => {
  expect(Object.keys(route).sort()).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'])
  const response = route.GET()
  expect(response.status).toBe(404)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({ status: 404, code: 'not_found' })
})
