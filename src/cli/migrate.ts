import { Command } from 'commander'
import { migrateDown, migrateUp, migrationStatus } from '@/db/migrate'
import { migrationsFolder } from '@/server/project-root'
import { withDatabaseUrl } from './database'
import { print } from './failure'
import { readCount } from './read-count'

/** `callboard migrate up | down | status`. */
export function migrateCommand(): Command {
  const command = new Command('migrate').description('apply, take back or list the database migrations')
  command
    .command('up')
    .description('apply every migration that is not applied yet')
    .action(async () => {
      const applied = await withDatabaseUrl((url) => migrateUp(url, migrationsFolder()))
      print(applied.length > 0 ? applied.map((name) => `applied ${name}`).join('\n') : 'nothing to apply')
    })
  command
    .command('down')
    .description('take back the newest migration, with all the data in its tables')
    .requiredOption('--yes', 'say that the data may be lost')
    .option('--steps <n>', 'how many migrations', readCount, 1)
    .action(async ({ steps }: { steps: number }) => {
      const reverted = await withDatabaseUrl((url) => migrateDown(url, migrationsFolder(), steps))
      print(reverted.length > 0 ? reverted.map((name) => `took back ${name}`).join('\n') : 'nothing to take back')
    })
  command
    .command('status')
    .description('list the migrations and when each was applied')
    .action(async () => {
      const migrations = await withDatabaseUrl((url) => migrationStatus(url, migrationsFolder()))
      for (const { name, appliedAt } of migrations) print(`${name}  ${appliedAt?.toISOString() ?? 'not applied'}`)
    })
  return command
}
