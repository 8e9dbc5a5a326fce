import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { findHolder } from './lock'

const runSchema = z.object({
  pid: z.number().int(),
  startedAt: z.iso.datetime(),
  version: z.string(),
  /** Where the front door listens. */
  url: z.url(),
  publicUrl: z.url(),
  databaseUrl: z.string(),
})

/** Who runs on a DATA_DIR, since when, and how to reach it. Holds the database's password: mode 0600. */
export type Run = z.infer<typeof runSchema>

const fileName = 'run.json'

export function writeRunFile(dataDir: string, run: Run): void {
  const file = path.join(dataDir, fileName)
  writeFileSync(`${file}.new`, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

export function removeRunFile(dataDir: string): void {
  rmSync(path.join(dataDir, fileName), { force: true })
}

/** The Callboard that runs on this DATA_DIR now; null when none does (a file left by a killed one counts as none). */
export function readRunFile(dataDir: string): Run | null {
  try {
    const run = runSchema.parse(JSON.parse(readFileSync(path.join(dataDir, fileName), 'utf8')))
    return findHolder(dataDir) === run.pid ? run : null
  } catch {
    return null
  }
}
