import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { readEnvironment } from '@/env'
import { createDoctor } from '@/lib/sources/doctor/create-doctor'
import { readSavedRequest } from '@/lib/sources/doctor/read-saved-request'
import { builtInSlug } from '@/lib/sources/source'
import { findSecrets } from '@/server/settings'
import { withDatabase } from './database'
import { print } from './failure'
import { readTime } from './read-time'
import { webhookUrl } from './webhook-url'

type DoctorOptions = { source: string; receivedAt: Date }

/** `callboard doctor`: says why a saved request is refused; exit code 1 unless its signature fits. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('say why the signature of a saved request is refused, and what to change')
    .argument(
      '<file>',
      'the request as it went over the wire: its line, its headers, an empty line, and the exact body; - for standard input',
    )
    .option('--source <slug>', 'the source that it was sent to', builtInSlug)
    .option('--received-at <time>', 'when, in ISO 8601; by default now', readTime, new Date())
    .action(examine)
}

async function examine(file: string, { source: slug, receivedAt }: DoctorOptions): Promise<void> {
  const request = readSavedRequest(readFileSync(file === '-' ? 0 : file))
  const secrets = findSecrets(readEnvironment())
  const doctor = await withDatabase((db) => createDoctor(db, { slug, ...secrets, webhookUrl: webhookUrl(slug) }))
  const findings = doctor({ ...request, receivedAt })
  for (const { sentence, evidence, change } of findings) print(`${sentence}\n  ${evidence}\n  ${change}`)
  if (findings.some(({ cause }) => cause !== 'genuine')) process.exitCode = 1
}
