import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import { readEnvironment } from '@/env'
import { createAdmin } from '@/lib/auth/create-admin'
import { listUsers } from '@/lib/auth/list-users'
import { newAdminSchema } from '@/lib/auth/new-admin-schema'
import { newPasswordSchema, resetPassword } from '@/lib/auth/reset-password'
import { createSetupLink } from '@/lib/auth/setup-link'
import { parseInput } from '@/lib/http/parse-input'
import { withDatabase } from './database'
import { print } from './failure'
import { formatTable } from './format-table'

/** `callboard admin create | reset-password | list | link`. */
export function adminCommand(): Command {
  const command = new Command('admin').description('manage who may sign in to the console')
  command
    .command('create')
    .description('make an admin; the password is ADMIN_PASSWORD, or the first line on standard input')
    .requiredOption('--email <address>')
    .option('--name <name>', 'shown in the console; by default the part of the address before the @')
    .action(create)
  command
    .command('reset-password')
    .description('set a new password, ADMIN_PASSWORD or the first line on standard input, and end all sessions')
    .requiredOption('--email <address>')
    .action(reset)
  command.command('list').description('list who has an account, and who of them may not sign in').action(list)
  command.command('link').description('print a new one-time link that creates the first admin').action(link)
  return command
}

async function create({ email, name }: { email: string; name?: string }): Promise<void> {
  const password = readEnvironment().adminPassword ?? (await readPassword())
  const admin = parseInput(newAdminSchema, { email, name: name ?? email.split('@')[0], password })
  await withDatabase((db) => createAdmin(db, admin))
  print(`${admin.email} may sign in now`)
}

async function reset({ email }: { email: string }): Promise<void> {
  const password = readEnvironment().adminPassword ?? (await readPassword())
  const input = parseInput(newPasswordSchema, { email, password })
  const sessions = await withDatabase((db) => resetPassword(db, input))
  print(`${input.email} signs in with the new password from now on; sessions ended: ${sessions}`)
}

async function list(): Promise<void> {
  const users = await withDatabase(listUsers)
  const rows = users.map((user) => [
    user.name,
    user.email,
    user.role ?? 'none',
    user.isBlocked ? 'blocked' : 'no',
    user.lastActiveAt ? `${user.lastActiveAt.toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'signed out',
  ])
  print(formatTable(['NAME', 'E-MAIL', 'ROLE', 'BLOCKED', 'LAST ACTIVE'], rows))
}

async function link(): Promise<void> {
  const { publicUrl, port } = readEnvironment()
  const url = await withDatabase((db) =>
    createSetupLink(db, { publicUrl: publicUrl ?? `http://localhost:${port}`, now: new Date() }),
  )
  if (!url) throw new Error('There is an admin already. Make another with: callboard admin create --email <address>')
  print(url)
}

/** Never an argument: those stand in the process list and in the shell's history. */
async function readPassword(): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  try {
    return await lines.question(process.stdin.isTTY ? 'Password (at least 12 characters): ' : '')
  } finally {
    lines.close()
  }
}
