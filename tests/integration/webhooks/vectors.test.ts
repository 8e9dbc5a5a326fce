import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { presets } from '@/lib/presets/presets'
import { createVerifier } from '@/lib/signatures/verifier'
import { readKeySet } from '@/lib/sources/published-keys'
import type { Source } from '@/lib/sources/source'
import { schemesFor } from '@/lib/sources/source-settings'
import published from '../../fixtures/signatures.json' with { type: 'json' }
import { readRows } from '../../support/callback-rows'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { type FrontDoor, startFrontDoor } from '../../support/front-door'

/** A request as a real sender signs it, or as somebody forges it, with the verdict of the sender's own library. */
type Vector = {
  id: string
  provider: string
  case: string
  secret: string | null
  secret_next?: string
  jwks?: unknown
  url?: string
  audience?: string
  sig_header?: string
  secret_header?: string
  headers: Record<string, string>
  body: string
  now_unix: number
  valid: boolean
  /** Says "reject" where the sender's library is laxer than a receiver should be. */
  recommended?: string
}

const vectors: Vector[] = JSON.parse(JSON.stringify(published))
const presetIds: Record<string, string> = {
  svix: 'standard-webhooks',
  stripe: 'timestamped-hmac',
  exa: 'exa',
  'trigger.dev': 'trigger-dev',
  huggingface: 'hugging-face',
}

let database: TestDatabase
let server: FrontDoor
let now = new Date()

/** A source with the vector's id as its slug and all that the vector is verified against. */
function sourceOf(vector: Vector): Source {
  const preset = presets.get(presetIds[vector.provider] ?? vector.provider)
  if (!preset) throw new Error(`no preset for ${vector.provider}`)
  const secrets = [vector.secret, vector.secret_next].flatMap((secret) =>
    secret ? [{ id: randomUUID(), secret }] : [],
  )
  const keys = vector.jwks ? readKeySet(vector.jwks) : []
  const verify = createVerifier(schemesFor(preset, { header: vector.sig_header ?? vector.secret_header }), {
    secrets,
    publishedKeys: () => ({ keys, isWhole: true }),
    url: () => vector.url ?? `http://localhost/api/webhooks/${vector.id}`,
    audience: vector.audience ?? null,
  })
  return { slug: vector.id, preset, verify, debugUntil: null }
}

beforeAll(async () => {
  database = await createTestDatabase()
  const sources = new Map(vectors.map((vector) => [vector.id, sourceOf(vector)]))
  server = await startFrontDoor(database.url, { change: (context) => ({ ...context, sources, now: () => now }) })
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
})

describe('over HTTP', () => {
  test.each(vectors.map((vector) => [vector.id, vector.case, vector] as const))('%s: %s', async (slug, _, vector) => {
    now = new Date(vector.now_unix * 1_000)
    const isGenuine = vector.valid && !vector.recommended?.startsWith('reject')
    const { search } = new URL(vector.url ?? 'http://localhost')
    const body = Buffer.from(vector.body)
    const answer = await server.send({ path: `/api/webhooks/${slug}${search}`, headers: vector.headers, body })
    const stored = (await readRows(database.db)).filter(({ source }) => source === slug)
    // Two of them are signed but no JSON, which is said to the sender and kept.
    const isJson = body[0] === 0x7b
    expect(answer.status).toBe(isGenuine ? (isJson ? 200 : 400) : 401)
    expect(stored.length > 0).toBe(isGenuine)
    if (isGenuine && vector.provider !== 'crewai')
      expect(stored.map(({ raw }) => raw.toString())).toEqual([vector.body])
    // A token is the secret itself, and stands nowhere.
    for (const row of stored) expect(JSON.stringify(row.signatureHeader ?? '')).not.toContain(vector.secret ?? '\0')
  })
})
