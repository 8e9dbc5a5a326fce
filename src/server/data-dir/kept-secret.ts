import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The files in DATA_DIR that hold one secret each (mode 0600). */
export const secretFiles = {
  callboard: 'callboard-secret',
  webhook: 'llm-webhook-secret',
  postgres: 'postgres-password',
} as const

/** Reads a secret that was made before; null when there is none. */
export function readKeptSecret(dataDir: string, name: string): string | null {
  try {
    return readFileSync(path.join(dataDir, name), 'utf8').trim() || null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/**
 * Reads the secret kept under `name`, or makes one of 32 random bytes and keeps it. It is on disk before it has its name: a
 * power cut leaves a whole secret or none.
 */
export function keepSecret(dataDir: string, name: string): string {
  const kept = readKeptSecret(dataDir, name)
  if (kept) return kept
  const file = path.join(dataDir, name)
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true })
  try {
    renameSync(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
  const made = readKeptSecret(dataDir, name)
  if (!made) throw new Error(`${file} could not be written`)
  return made
}
