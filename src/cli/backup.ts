import path from 'node:path'
import { Command } from 'commander'
import { backUp } from '@/lib/backup/back-up'
import { restore } from '@/lib/backup/restore'
import { migrationsFolder } from '@/server/project-root'
import packageJson from '../../package.json' with { type: 'json' }
import { withDatabaseUrl } from './database'
import { print } from './failure'
import { formatCount } from './format-count'
import { sayProgress } from './progress'

/** `callboard backup <file>`: everything in the database, while Callboard runs. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('write everything in the database to a file, as it is at one moment; Callboard may run on')
    .argument('<file>', 'a new file; it holds password hashes and payloads, and no secret of DATA_DIR')
    .action(async (name: string) => {
      const file = path.resolve(name)
      const onProgress = sayProgress('rows written')
      const { version } = packageJson
      printCounts(await withDatabaseUrl((url) => backUp({ url, file, version, onProgress })))
      print(`backed up to ${file}`)
    })
}

/** `callboard restore <file>`: a backup into an empty database. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('fill an empty database from a backup: all of it or nothing')
    .argument('<file>', 'made by callboard backup, of this or an older version')
    .action(async (name: string) => {
      const file = path.resolve(name)
      const onProgress = sayProgress('rows restored')
      const folder = migrationsFolder()
      printCounts(await withDatabaseUrl((url) => restore({ url, file, migrationsFolder: folder, onProgress })))
      print(`restored from ${file}; cursors of before are answered with reset, and everybody signs in again`)
    })
}

function printCounts(counts: Record<string, number>): void {
  for (const [table, rows] of Object.entries(counts)) print(`${formatCount(rows).padStart(12)}  ${table}`)
}
