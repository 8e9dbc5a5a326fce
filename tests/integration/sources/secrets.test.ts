import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeSource, deleteSource } from '@/lib/sources/change-source'
import { createSource } from '@/lib/sources/create-source'
import { openSecret, sealSecret } from '@/lib/sources/seal'
import { addSecret, listSecrets, revokeSecret } from '@/lib/sources/secrets'
import { createTestDatabase, type TestDatabase } from '../../support/database'

const callboardSecret = 'a secret of Callboard’s own, for tests'
const known = { webhookSecrets: [], callboardSecret }
const standardSecret = () => `whsec_${randomBytes(32).toString('base64')}`

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

let count = 0
/** A source of its own for each test. */
async function newSource(preset: string): Promise<string> {
  count += 1
  const slug = `source-${count}`
  await createSource(database.db, { slug, name: slug, preset })
  return slug
}

describe('a sealed secret', () => {
  const place = { callboardSecret, source: 'a', secretId: '018f0000-0000-7000-8000-000000000001' }

  test('opens for its own place alone, and never holds its text', () => {
    const sealed = sealSecret('the secret itself', place)
    expect(openSecret(sealed, place)).toBe('the secret itself')
    expect(sealed.includes('the secret itself')).toBe(false)
    expect(openSecret(sealed, { ...place, source: 'b' })).toBe(null)
    expect(openSecret(sealed, { ...place, secretId: '018f0000-0000-7000-8000-000000000002' })).toBe(null)
    expect(openSecret(sealed, { ...place, callboardSecret: `${callboardSecret}!` })).toBe(null)
  })

  test('that was changed or cut anywhere does not open', () => {
    const sealed = sealSecret('the secret itself', place)
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect([openSecret(changed, place), openSecret(sealed.subarray(0, at), place)]).toEqual([null, null])
    }
  })

  test('is another each time', () => {
    expect(sealSecret('x', place).equals(sealSecret('x', place))).toBe(false)
  })
})

describe('the secrets of a source', () => {
  test('one that was made here is told once, and afterwards only by its end', async () => {
    const source = await newSource('native')
    const { id, made } = await addSecret(database.db, callboardSecret, { source, name: 'first' })
    expect(made).toMatch(/^[0-9a-f]{64}$/)
    const [item] = await listSecrets(database.db, source, known)
    expect(item).toMatchObject({ id, name: 'first', hint: made?.slice(-4), isFromEnvironment: false, uses: 0 })
    const { rows } = await database.db.$client.query('select t::text from source_secrets t where id = $1', [id])
    expect(JSON.stringify(rows)).not.toContain(made)
  })

  test('the sender’s own is not told back', async () => {
    const source = await newSource('openai')
    expect(await addSecret(database.db, callboardSecret, { source, secret: standardSecret() })).toMatchObject({
      made: null,
    })
  })

  test.each([
    ['one that the preset can’t use', 'replicate', 'not base64 at all!!', /One looks like/],
    ['one that is too short', 'native', 'short', /fewer than 16/],
    ['none, where the sender makes it', 'openai', undefined, /Paste it from there/],
    ['any, where the sender publishes its keys', 'fal', 'some secret or other', /published keys/],
  ])('refuses %s', async (_, preset, secret, message) => {
    const source = await newSource(preset)
    await expect(addSecret(database.db, callboardSecret, { source, secret })).rejects.toThrow(message)
    expect(await listSecrets(database.db, source, known)).toEqual([])
  })

  test('the same one twice is refused, for one source', async () => {
    const [first, second] = [await newSource('openai'), await newSource('openai')]
    const secret = standardSecret()
    await addSecret(database.db, callboardSecret, { source: first, secret })
    await addSecret(database.db, callboardSecret, { source: second, secret })
    await expect(addSecret(database.db, callboardSecret, { source: first, secret })).rejects.toMatchObject({
      code: 'secret_known',
    })
  })

  test('at most 8 are live, however many are added at once', async () => {
    const source = await newSource('native')
    const added = await Promise.allSettled(
      Array.from({ length: 12 }, () => addSecret(database.db, callboardSecret, { source })),
    )
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(8)
    const [first] = await listSecrets(database.db, source, known)
    await revokeSecret(database.db, { source, id: first?.id ?? '' })
    await addSecret(database.db, callboardSecret, { source })
  })

  test('one of another source, a revoked one and one of the environment can’t be revoked', async () => {
    const [source, other] = [await newSource('native'), await newSource('native')]
    const { id } = await addSecret(database.db, callboardSecret, { source })
    const gone = { code: 'not_found' }
    await expect(revokeSecret(database.db, { source: other, id })).rejects.toMatchObject(gone)
    await revokeSecret(database.db, { source, id })
    await expect(revokeSecret(database.db, { source, id })).rejects.toMatchObject(gone)
  })
})

describe('a source', () => {
  test('has a slug of its own and a preset that there is', async () => {
    await createSource(database.db, { slug: 'mine', name: 'Mine', preset: 'native' })
    await expect(createSource(database.db, { slug: 'mine', name: 'x', preset: 'native' })).rejects.toMatchObject({
      code: 'slug_taken',
    })
    await expect(
      createSource(database.db, { slug: 'llm-callback', name: 'x', preset: 'native' }),
    ).rejects.toMatchObject({
      code: 'slug_taken',
    })
    for (const slug of ['', 'Upper', 'a b', '-a', 'a-', 'ä', '../x', 'a'.repeat(64)]) {
      await expect(createSource(database.db, { slug, name: 'x', preset: 'native' })).rejects.toMatchObject({
        code: 'invalid_request',
      })
    }
    await expect(createSource(database.db, { slug: 'b', name: 'x', preset: 'nobody' })).rejects.toThrow(
      /There are: native/,
    )
  })

  test('that is not there, or is the built-in one, can’t be deleted', async () => {
    await expect(deleteSource(database.db, 'nowhere')).rejects.toMatchObject({ code: 'not_found' })
    await expect(deleteSource(database.db, 'llm-callback')).rejects.toThrow(/can be paused but not deleted/)
    await expect(changeSource(database.db, 'nowhere', { enabled: false })).rejects.toMatchObject({ code: 'not_found' })
  })
})
