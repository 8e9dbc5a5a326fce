import { expect, test } from 'vitest'
import { samplePath } from '@/lib/rejected-deliveries/sample-path'

test.each([
  ['/api/webhooks/llm-callback', '/api/webhooks/llm-callback'],
  ['/api/webhooks/a?token=canary', '/api/webhooks/a'],
  ['/api/webhooks/a#canary', '/api/webhooks/a'],
  ['http://user:canary@host:3000/api/webhooks/a?b', '/api/webhooks/a'],
  ['HTTPS://host', ''],
  [`/${'x'.repeat(5_000)}?token=canary`, `/${'x'.repeat(127)}`],
  ['/a\0b\n\u001b[31mc\u202ed', '/a?b??[31mc?d'],
])('of %j the path alone is kept, clipped and printable', (target, path) => expect(samplePath(target)).toBe(path))
