import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import type { Database } from '@/db/client'
import { readEnvironment } from '@/env'
import { changeSource, deleteSource } from '@/lib/sources/change-source'
import { createSource } from '@/lib/sources/create-source'
import { listSources } from '@/lib/sources/list-sources'
import { presetOf } from '@/lib/sources/preset-of'
import type { SecretItem } from '@/lib/sources/schemas'
import { addSecret, listSecrets, revokeSecret } from '@/lib/sources/secrets'
import { findSecrets } from '@/server/settings'
import { withDatabase } from './database'
import { print } from './failure'
import { formatTable } from './format-table'
import { readTime } from './read-time'
import { webhookUrl } from './webhook-url'

/** `callboard source add | list | pause | resume | delete | secrets | add-secret | revoke-secret`. */
export function sourceCommand(): Command {
  const command = new Command('source').description('manage who may send callbacks')
  command
    .command('add <slug>')
    .description('make a source, and say what to paste where at the sender')
    .requiredOption('--preset <id>', 'the kind of sender: openai, replicate, standard-webhooks …')
    .option('--name <name>', 'shown in the console; by default the slug')
    .option('--secret-file <path>', 'the secret that the sender made; - for standard input')
    .action(add)
  command.command('list').description('list the sources').action(list)
  command.command('pause <slug>').description('answer 404 until it goes on').action(switchTo(false))
  command.command('resume <slug>').description('take callbacks again').action(switchTo(true))
  command
    .command('delete <slug>')
    .description('end a source and its secrets; its callbacks stay')
    .action((slug: string) => withDatabase((db) => deleteSource(db, slug)).then(() => print(`${slug} is deleted`)))
  command.command('secrets <slug>').description('list the secrets of a source, none of them in full').action(secrets)
  command
    .command('add-secret <slug>')
    .description('give a source one more secret: one made here, or the sender’s own')
    .option('--name <name>', 'to tell it from others', '')
    .option('--expires-at <time>', 'when it ends by itself, in ISO 8601', readTime)
    .option('--secret-file <path>', 'the secret that the sender made; - for standard input')
    .action(addOne)
  command
    .command('revoke-secret <slug> <id>')
    .description('refuse what a secret signs, within a second')
    .action((source: string, id: string) =>
      withDatabase((db) => revokeSecret(db, { source, id })).then(() => print(`${id} is revoked`)),
    )
  return command
}

type AddOptions = { preset: string; name?: string; secretFile?: string }

async function add(slug: string, { preset: presetId, name = slug, secretFile }: AddOptions): Promise<void> {
  const preset = presetOf(presetId)
  const url = webhookUrl(slug)
  await withDatabase(async (db) => {
    await createSource(db, { slug, name, preset: presetId })
    const isMadeHere = preset.secret?.madeBy === 'callboard'
    const made = preset.secret && (isMadeHere || secretFile) ? await giveSecret(db, slug, { secretFile }) : null
    print(`${slug} takes callbacks at ${url}`)
    for (const [index, step] of preset.setUp.entries()) print(`${index + 1}. ${step.replaceAll('{url}', url)}`)
    if (made) print(`The secret, told this once: ${made}`)
    else if (preset.secret && !secretFile) print(`Then: callboard source add-secret ${slug} --secret-file -`)
  })
}

type SecretOptions = { name?: string; secretFile?: string; expiresAt?: Date }

async function addOne(slug: string, options: SecretOptions): Promise<void> {
  const made = await withDatabase((db) => giveSecret(db, slug, options))
  print(made ? `The secret, told this once: ${made}` : 'The secret is live within a second.')
}

/** The secret, where it was made here. */
async function giveSecret(
  db: Database,
  source: string,
  { name, secretFile, expiresAt }: SecretOptions,
): Promise<string | null> {
  // Never an argument: those stand in the process list and in the shell's history.
  const secret = secretFile === undefined ? undefined : readFileSync(secretFile === '-' ? 0 : secretFile, 'utf8')
  const { callboardSecret } = findSecrets(readEnvironment())
  return (await addSecret(db, callboardSecret, { source, name, secret, expiresAt })).made
}

async function list(): Promise<void> {
  const items = await withDatabase((db) => listSources(db, new Date()))
  const rows = items.map((item) => [
    item.slug,
    item.name,
    item.preset,
    item.enabled ? 'active' : 'paused',
    minute(item.lastReceivedAt),
    String(item.rejected24h),
  ])
  print(formatTable(['SLUG', 'NAME', 'PRESET', 'STATE', 'LAST RECEIVED', 'REJECTED 24 H'], rows))
}

async function secrets(slug: string): Promise<void> {
  const known = findSecrets(readEnvironment())
  const items = await withDatabase((db) => listSecrets(db, slug, known))
  const now = new Date().toISOString()
  const rows = items.map((item) => [
    item.id,
    item.name,
    item.hint && `…${item.hint}`,
    stateOf(item, now),
    minute(item.lastUsedAt),
    String(item.uses),
  ])
  print(formatTable(['ID', 'NAME', 'ENDS IN', 'STATE', 'LAST USED', 'USES'], rows))
}

function stateOf({ isGone, revokedAt, expiresAt, isFromEnvironment }: SecretItem, now: string): string {
  if (isGone) return 'removed'
  if (revokedAt !== null) return 'revoked'
  if (expiresAt !== null && expiresAt <= now) return 'expired'
  return isFromEnvironment ? 'live, in the environment' : 'live'
}

function switchTo(enabled: boolean) {
  return async (slug: string) => {
    await withDatabase((db) => changeSource(db, slug, { enabled }))
    print(`${slug} ${enabled ? 'takes callbacks' : 'is paused'}`)
  }
}

function minute(time: string | null): string {
  return time ? `${time.slice(0, 16).replace('T', ' ')} UTC` : 'never'
}
