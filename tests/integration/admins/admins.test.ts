import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { authSessions, authUsers, authVerifications } from '@/db/schema'
import { changePassword } from '@/lib/admins/change-password'
import { acceptInvite, createInvite, findInvite, revokeInvite } from '@/lib/admins/invites'
import { listAdmins } from '@/lib/admins/list-admins'
import { removeAdmin } from '@/lib/admins/remove-admin'
import { endOtherSessions, endSession, listSessions } from '@/lib/admins/sessions'
import { setOwner } from '@/lib/admins/set-owner'
import { createAdmin } from '@/lib/auth/create-admin'
import { createTestDatabase, type TestDatabase } from '../../support/database'

const password = 'correct horse battery'
const publicUrl = 'http://localhost:3000'
const now = new Date('2026-03-01T12:00:00Z')
const dayMs = 24 * 60 * 60 * 1000
const network = '192.0.2.1'

let database: TestDatabase
let owner: string
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  await database.db.execute('truncate auth_users, auth_verifications, auth_tries cascade')
  owner = (await createAdmin(database.db, { name: 'Ana', email: 'ana@example.com', password })).id
})

const addAdmin = async (name: string) =>
  (await createAdmin(database.db, { name, email: `${name.toLowerCase()}@example.com`, password })).id

async function invite(email = 'ben@example.com'): Promise<string> {
  const url = new URL(await createInvite(database.db, owner, { email, publicUrl, now }))
  expect(url.origin + url.pathname).toBe('http://localhost:3000/invite')
  return url.searchParams.get('token') ?? ''
}
const accept = (token: string, at = now) =>
  acceptInvite(database.db, { token, name: 'Ben', password, now: at, network })
const people = async () => (await listAdmins(database.db, now)).admins

async function addSession(userId: string, token: string): Promise<string> {
  const values = { userId, token, expiresAt: new Date(now.getTime() + dayMs), updatedAt: now }
  const [row] = await database.db.insert(authSessions).values(values).returning({ id: authSessions.id })
  return row?.id ?? ''
}

describe('invites', () => {
  test('an invite makes an admin under its address, once, and no owner', async () => {
    const token = await invite()
    expect(await findInvite(database.db, { token, now, network })).toBe('ben@example.com')
    expect(await accept(token)).toBe('ben@example.com')
    expect((await people()).map(({ email, isOwner }) => [email, isOwner])).toEqual([
      ['ana@example.com', true],
      ['ben@example.com', false],
    ])
    await expect(accept(token)).rejects.toMatchObject({ code: 'invite_invalid' })
  })

  test('of five who use it at once one gets in', async () => {
    const token = await invite()
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => accept(token)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await people()).toHaveLength(2)
  })

  test('it carries 32 random bytes, of which the database has only a hash', async () => {
    const token = await invite()
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(JSON.stringify(await database.db.select().from(authVerifications))).not.toContain(token)
  })

  test('it ends after 7 days, when revoked, and when the same address is invited again', async () => {
    const first = await invite()
    await expect(accept(first, new Date(now.getTime() + 7 * dayMs))).rejects.toMatchObject({ code: 'invite_invalid' })
    const second = await invite()
    await expect(accept(first)).rejects.toMatchObject({ code: 'invite_invalid' })
    const { invites } = await listAdmins(database.db, now)
    expect(invites.map(({ email }) => email)).toEqual(['ben@example.com'])
    await revokeInvite(database.db, owner, invites[0]?.id ?? '')
    await expect(accept(second)).rejects.toMatchObject({ code: 'invite_invalid' })
  })

  test('whoever is an admin already is not invited', async () => {
    await expect(invite('ana@example.com')).rejects.toMatchObject({ code: 'email_taken' })
  })

  test('a set-up link is no invite, and the 21st wrong token of a network waits', async () => {
    for (let tries = 0; tries < 20; tries++)
      expect(await findInvite(database.db, { token: String(tries), now, network })).toBeNull()
    const again = findInvite(database.db, { token: 'again', now, network })
    await expect(again).rejects.toMatchObject({ code: 'too_many_requests' })
  })

  test('somebody who was removed comes back as who they were', async () => {
    const ben = await addAdmin('Ben')
    await removeAdmin(database.db, owner, ben)
    await accept(await invite())
    const [back] = (await people()).filter(({ email }) => email === 'ben@example.com')
    expect(back).toMatchObject({ id: ben, isRemoved: false, isOwner: false })
  })
})

describe('roles', () => {
  test('only an owner invites, changes roles and removes', async () => {
    const ben = await addAdmin('Ben')
    const refused = { code: 'forbidden' }
    const { db } = database
    await expect(createInvite(db, ben, { email: 'x@example.com', publicUrl, now })).rejects.toMatchObject(refused)
    await expect(setOwner(db, ben, { adminId: ben, isOwner: true })).rejects.toMatchObject(refused)
    await expect(removeAdmin(db, ben, owner)).rejects.toMatchObject(refused)
    await expect(revokeInvite(db, ben, owner)).rejects.toMatchObject(refused)
  })

  test('an owner who was removed decides nothing any more', async () => {
    const ben = await addAdmin('Ben')
    await setOwner(database.db, owner, { adminId: ben, isOwner: true })
    await removeAdmin(database.db, ben, owner)
    await expect(removeAdmin(database.db, owner, ben)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('the last owner can neither be removed nor demoted', async () => {
    await addAdmin('Ben')
    const refused = { code: 'last_owner' }
    await expect(removeAdmin(database.db, owner, owner)).rejects.toMatchObject(refused)
    await expect(setOwner(database.db, owner, { adminId: owner, isOwner: false })).rejects.toMatchObject(refused)
  })

  test('two owners who demote each other at once leave one', async () => {
    const ben = await addAdmin('Ben')
    await setOwner(database.db, owner, { adminId: ben, isOwner: true })
    const outcomes = await Promise.allSettled([
      setOwner(database.db, owner, { adminId: ben, isOwner: false }),
      removeAdmin(database.db, ben, owner),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await people()).filter(({ isOwner, isRemoved }) => isOwner && !isRemoved)).toHaveLength(1)
  })

  test('removing ends the sessions of that admin, and of nobody else', async () => {
    const ben = await addAdmin('Ben')
    await addSession(ben, 'b')
    await addSession(owner, 'a')
    await removeAdmin(database.db, owner, ben)
    const left = await database.db.select({ token: authSessions.token }).from(authSessions)
    expect(left).toEqual([{ token: 'a' }])
  })
})

describe('profile', () => {
  test('one’s sessions are listed and ended, never those of another admin', async () => {
    const ben = await addAdmin('Ben')
    const mine = await addSession(owner, 'mine')
    await addSession(owner, 'other')
    const bens = await addSession(ben, 'bens')
    const listed = await listSessions(database.db, owner, 'mine', now)
    expect(listed.map(({ id, isThis }) => [id === mine, isThis])).toContainEqual([true, true])
    expect(listed).toHaveLength(2)
    expect(JSON.stringify(listed)).not.toContain('mine"')
    await endSession(database.db, owner, bens)
    expect(await endOtherSessions(database.db, owner, 'mine')).toBe(1)
    const left = await database.db.select({ token: authSessions.token }).from(authSessions).orderBy(authSessions.token)
    expect(left).toEqual([{ token: 'bens' }, { token: 'mine' }])
  })

  test('the password changes only with the current one, and ends all sessions', async () => {
    await addSession(owner, 'mine')
    const wrong = changePassword(database.db, owner, { current: 'not that', next: 'another long password' })
    await expect(wrong).rejects.toMatchObject({ code: 'wrong_password' })
    const short = changePassword(database.db, owner, { current: password, next: 'short' })
    await expect(short).rejects.toThrow('Use at least 12 characters.')
    expect(await database.db.$count(authSessions)).toBe(1)
    await changePassword(database.db, owner, { current: password, next: 'another long password' })
    expect(await database.db.$count(authSessions)).toBe(0)
    await expect(
      changePassword(database.db, owner, { current: password, next: 'yet another password' }),
    ).rejects.toMatchObject({ code: 'wrong_password' })
  })

  test('the current password is guessed 10 times at most', async () => {
    const guess = () => changePassword(database.db, owner, { current: 'guess', next: 'another long password' })
    for (let tries = 0; tries < 10; tries++) await expect(guess()).rejects.toMatchObject({ code: 'wrong_password' })
    await expect(guess()).rejects.toMatchObject({ code: 'too_many_requests' })
  }, 20_000)
})

test('the first admin is an owner, whoever comes later is not', async () => {
  await addAdmin('Ben')
  const owners = await database.db.select({ email: authUsers.email }).from(authUsers).where(eq(authUsers.isOwner, true))
  expect(owners).toEqual([{ email: 'ana@example.com' }])
})
