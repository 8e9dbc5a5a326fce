import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textArray } from '@/db/text-array'
import { createTestDatabase, type TestDatabase } from '../../support/database'

let database: TestDatabase
let client: pg.Client

beforeAll(async () => {
  database = await createTestDatabase('empty')
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

async function sent(texts: (string | null)[]): Promise<unknown> {
  const { rows } = await client.query('select $1::text[] as texts', [textArray(texts)])
  return rows[0].texts
}

test.each<[string, (string | null)[]]>([
  ['one', ['a']],
  ['nothing but nulls', [null, null]],
  [
    'what an array literal would have to escape',
    ['', 'NULL', 'null', '{}', ',', '"', '\\', '\\"x\\', ' ', '\n\t', '\x7f'],
  ],
  ['nulls between', [null, 'a', null, '', 'b', null]],
  ['characters of one to four bytes', ['é', 'ß漢', '字😀', '\u{10ffff}', 'plain']],
  ['a long one beside a short one', ['x'.repeat(100_000), '漢'.repeat(50_000), 'y']],
])('PostgreSQL reads what was sent: %s', async (_, texts) => {
  expect(await sent(texts)).toEqual(texts)
})

test('a thousand', async () => {
  const texts = Array.from({ length: 1_000 }, (_, n) => (n % 7 === 0 ? null : `${n}-é`))
  expect(await sent(texts)).toEqual(texts)
})
