import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { authAccounts, authUsers, llmCallbackReadMarks } from '@/db/schema'
import { createAdmin } from '@/lib/auth/create-admin'
import { createTestDatabase, type TestDatabase } from '../../support/database'
import { insertCallbackRows } from './support'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  await database.db.execute('truncate auth_users, llm_callbacks, llm_callback_read_marks restart identity cascade')
})

const ana = { name: ' Ana ', email: 'Ana@Example.com', password: 'correct horse battery' }

describe('createAdmin', () => {
  test('keeps the e-mail in lower case, and the password only as a hash', async () => {
    const { id } = await createAdmin(database.db, ana)
    const [user] = await database.db.select().from(authUsers).where(eq(authUsers.id, id))
    expect(user).toMatchObject({ name: 'Ana', email: 'ana@example.com', emailVerified: true, role: 'admin' })
    const [account] = await database.db.select().from(authAccounts).where(eq(authAccounts.userId, id))
    expect(account).toMatchObject({ providerId: 'credential', accountId: id })
    expect(account?.password).not.toContain(ana.password)
  })

  test('refuses an e-mail that is taken, in any case, and leaves nothing behind', async () => {
    await createAdmin(database.db, ana)
    const again = createAdmin(database.db, { ...ana, email: 'ANA@example.COM' })
    await expect(again).rejects.toMatchObject({ code: 'email_taken' })
    expect(await database.db.$count(authAccounts)).toBe(1)
    expect(await database.db.$count(llmCallbackReadMarks)).toBe(1)
  })

  test('refuses a password of 11 characters and one of 129', async () => {
    await expect(createAdmin(database.db, { ...ana, password: 'x'.repeat(11) })).rejects.toThrow('at least 12')
    await expect(createAdmin(database.db, { ...ana, password: 'x'.repeat(129) })).rejects.toThrow('at most 128')
    expect(await database.db.$count(authUsers)).toBe(0)
  })

  test('starts the first admin before all callbacks and the second one at the head', async () => {
    await insertCallbackRows(database.db, 3)
    const first = await createAdmin(database.db, ana)
    const second = await createAdmin(database.db, { ...ana, email: 'ben@example.com' })
    expect(await marks()).toEqual({ [first.id]: 0, [second.id]: 3 })
  })

  test('starts both at 0 while there is no callback', async () => {
    const first = await createAdmin(database.db, ana)
    const second = await createAdmin(database.db, { ...ana, email: 'ben@example.com' })
    expect(await marks()).toEqual({ [first.id]: 0, [second.id]: 0 })
  })

  test('calls only one of two that are made at once the first', async () => {
    await insertCallbackRows(database.db, 2)
    await Promise.all([createAdmin(database.db, ana), createAdmin(database.db, { ...ana, email: 'ben@example.com' })])
    const rows = await database.db
      .select()
      .from(llmCallbackReadMarks)
      .orderBy(asc(llmCallbackReadMarks.viewedThroughSeq))
    expect(rows.map((row) => row.viewedThroughSeq)).toEqual([0, 2])
  })
})

async function marks(): Promise<Record<string, number>> {
  const rows = await database.db.select().from(llmCallbackReadMarks)
  return Object.fromEntries(rows.map((row) => [row.adminUserId, row.viewedThroughSeq]))
}
