import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { projectRoot } from '@/server/project-root'

export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Tells of about ten steps on the way to `rows`. */
export function progress(what: string, rows: number): (done: number) => void {
  const startedAt = performance.now()
  let told = 0
  return (done) => {
    if (done - told < rows / 10 && done < rows) return
    told = done
    say(`  ${what} ${done} of ${rows} after ${Math.round((performance.now() - startedAt) / 1_000)} s`)
  }
}

/** Writes figures to `bench/results/`, with all that somebody needs to know of where they come from. */
export async function writeResult(name: string, databaseUrl: string, figures: object): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ version: string }>('select version()')
  await client.end()
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectRoot(), encoding: 'utf8' }).trim()
  const measuredAt = new Date().toISOString()
  const [cpu] = cpus()
  const machine = {
    cpus: cpus().length,
    model: cpu?.model,
    memoryGB: Math.round(totalmem() / 1e9),
    loadAfter: loadavg()[0],
  }
  const versions = { node: process.version, postgres: rows[0]?.version, commit }
  const folder = path.join(projectRoot(), 'bench', 'results')
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${name}-${measuredAt.replaceAll(':', '-').slice(0, 19)}.json`)
  writeFileSync(file, `${JSON.stringify({ measuredAt, machine, versions, ...figures }, null, 2)}\n`)
  say(`all figures in ${path.relative(projectRoot(), file)}`)
}
