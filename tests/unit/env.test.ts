import { describe, expect, test } from 'vitest'
import { EnvironmentError, readEnvironment } from '@/env'

const secret = (bytes: number) => 's3cr-'.repeat(bytes).slice(0, bytes)

/** Why these variables are refused. */
function refusal(variables: Record<string, string>): string {
  try {
    readEnvironment(variables)
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message
    throw error
  }
  throw new Error('the variables were accepted')
}

describe('LLM_WEBHOOK_SECRET', () => {
  test.each(['', '   ', ',', `${secret(32)},`, `,${secret(32)}`, '[""]', `["${secret(32)}"," "]`])(
    'case 11: an empty secret is refused: %j',
    (value) => expect(refusal({ LLM_WEBHOOK_SECRET: value })).toMatch(/^LLM_WEBHOOK_SECRET has a secret of 0 bytes; /),
  )

  test.each([1, 15])('case 11: a secret of %i bytes is refused, and the message says what is needed', (bytes) => {
    const message = refusal({ LLM_WEBHOOK_SECRET: secret(bytes) })
    expect(message).toContain(`LLM_WEBHOOK_SECRET has a secret of ${bytes} bytes; each must have 16 to 1024`)
    expect(message).toContain('32 or more is advised')
  })

  test.each([16, 31, 32, 1_024])('case 11: a secret of %i bytes is taken', (bytes) => {
    expect(readEnvironment({ LLM_WEBHOOK_SECRET: secret(bytes) }).webhookSecrets).toEqual([secret(bytes)])
  })

  test('case 11: bytes are counted, not letters', () => {
    expect(readEnvironment({ LLM_WEBHOOK_SECRET: 'é'.repeat(8) }).webhookSecrets).toEqual(['é'.repeat(8)])
    expect(refusal({ LLM_WEBHOOK_SECRET: '🔑'.repeat(257) })).toContain('1028 bytes')
  })

  test('case 11: one bad secret among good ones is enough to refuse', () => {
    expect(refusal({ LLM_WEBHOOK_SECRET: `${secret(32)},${secret(10)}` })).toContain('10 bytes')
  })

  test('several secrets stand with commas or in a JSON array, each trimmed, each once', () => {
    const [a, b] = ['a'.repeat(32), 'b'.repeat(32)]
    expect(readEnvironment({ LLM_WEBHOOK_SECRET: ` ${a} , ${b},${a}` }).webhookSecrets).toEqual([a, b])
    expect(readEnvironment({ LLM_WEBHOOK_SECRET: `["${a},${b}", " ${b} "]` }).webhookSecrets).toEqual([`${a},${b}`, b])
  })

  test('at most eight are live', () => {
    const secrets = Array.from({ length: 9 }, (_, index) => `${index}`.repeat(32))
    expect(readEnvironment({ LLM_WEBHOOK_SECRET: secrets.slice(1).join() }).webhookSecrets).toHaveLength(8)
    expect(refusal({ LLM_WEBHOOK_SECRET: secrets.join() })).toContain('holds 9 secrets; at most 8')
  })

  test.each(['[', '["x"', '[1]', '{"a":1}]['])('what begins like a JSON array and is none is refused: %s', (value) => {
    expect(refusal({ LLM_WEBHOOK_SECRET: value })).toMatch(/^LLM_WEBHOOK_SECRET /)
  })
})

test('with nothing set every value has its default', () => {
  expect(readEnvironment({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    publicUrl: null,
    dataDir: '.callboard',
    databaseUrl: null,
    databaseDirectUrl: null,
    acceptsAsynchronousCommit: false,
    callboardSecret: null,
    webhookSecrets: null,
    adminEmail: null,
    adminPassword: null,
    trustedProxies: [],
    bodyBytesMax: 1_048_576,
    logLevel: 'info',
    proxyToken: null,
    logFd: null,
  })
})

test('a variable set to nothing means the same as one that is not set', () => {
  const names = ['HOST', 'PORT', 'PUBLIC_URL', 'DATA_DIR', 'DATABASE_URL', 'CALLBOARD_SECRET', 'MAX_BODY_BYTES']
  const blank = Object.fromEntries(names.map((name) => [name, ' ']))
  expect(readEnvironment(blank)).toEqual(readEnvironment({}))
})

test('good values are taken', () => {
  expect(
    readEnvironment({
      PORT: '0',
      PUBLIC_URL: 'https://callboard.example:8443/console?x=1',
      DATABASE_URL: 'postgresql://user:p%40ss@db.example:5432/callboard?sslmode=require',
      DATABASE_DIRECT_URL: 'postgres://db.example/callboard',
      CALLBOARD_SECRET: ` ${secret(32)} `,
      TRUSTED_PROXIES: '10.0.0.0/8, ,::1',
      MAX_BODY_BYTES: '1024',
      LOG_LEVEL: 'silent',
    }),
  ).toMatchObject({
    port: 0,
    publicUrl: 'https://callboard.example:8443',
    databaseUrl: 'postgresql://user:p%40ss@db.example:5432/callboard?sslmode=require',
    databaseDirectUrl: 'postgres://db.example/callboard',
    callboardSecret: secret(32),
    trustedProxies: ['10.0.0.0/8', '::1'],
    bodyBytesMax: 1_024,
    logLevel: 'silent',
  })
})

const bad: [string, string][] = [
  ['PORT', 'eighty-canary'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '30.5'],
  ['PUBLIC_URL', 'callboard.canary.example'],
  ['PUBLIC_URL', 'ftp://canary.example'],
  ['PUBLIC_URL', 'javascript:canary'],
  ['DATABASE_URL', 'mysql://user:canary@db/callboard'],
  ['DATABASE_URL', 'user:canary@db'],
  ['DATABASE_URL', 'postgres://user:canary@[db/callboard'],
  ['DATABASE_DIRECT_URL', 'postgres:canary'],
  ['UNSAFE_ASYNCHRONOUS_COMMIT', 'true'],
  ['UNSAFE_ASYNCHRONOUS_COMMIT', 'I accept losing a canary'],
  ['CALLBOARD_SECRET', secret(31)],
  ['LLM_WEBHOOK_SECRET', 'canary'],
  ['LLM_WEBHOOK_SECRET', '["canary'],
  ['ADMIN_EMAIL', 'canary'],
  ['ADMIN_PASSWORD', 'canary'],
  ['ADMIN_PASSWORD', 'c'.repeat(129)],
  ['MAX_BODY_BYTES', '1023'],
  ['MAX_BODY_BYTES', '1 canary'],
  ['MAX_BODY_BYTES', '33554433'],
  ['LOG_LEVEL', 'canary'],
]

test.each(bad)('%s=%s is refused by name, without its value', (name, value) => {
  const message = refusal({ [name]: value })
  expect(message).toMatch(new RegExp(`^${name} .+`))
  expect(message).not.toContain(value)
  expect(message).not.toContain('canary')
})

test('every wrong variable gets a line of its own', () => {
  const lines = refusal({ PORT: 'x', LOG_LEVEL: 'x', DATABASE_URL: 'mysql://db/x' }).split('\n')
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'DATABASE_URL', 'LOG_LEVEL'])
})

test('an admin’s address without a password, or a password without an address, is refused', () => {
  expect(refusal({ ADMIN_EMAIL: 'ada@example.org' })).toBe('ADMIN_EMAIL is set, and ADMIN_PASSWORD is missing')
  expect(readEnvironment({ ADMIN_PASSWORD: 'correct horse battery' })).toMatchObject({ adminEmail: null })
  expect(readEnvironment({ ADMIN_EMAIL: 'ada@example.org', ADMIN_PASSWORD: 'correct horse battery' })).toMatchObject({
    adminEmail: 'ada@example.org',
  })
})
