import nextEnv from '@next/env'
import { Command } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { adminCommand } from './admin'
import { backupCommand, restoreCommand } from './backup'
import { demoCommand } from './demo/command'
import { doctorCommand } from './doctor'
import { reportFailure } from './failure'
import { migrateCommand } from './migrate'
import { pruneCommand } from './prune'
import { restoredCommand } from './restored'
import { sendCommand } from './send/command'
import { sourceCommand } from './source'
import { startCommand } from './start'

/** Runs `callboard` with these arguments (without the program's name); a failure ends the process with exit code 1. */
export async function main(parameters: string[]): Promise<void> {
  // As Next reads them, from the working directory: .env, .env.local and their production variants.
  nextEnv.loadEnvConfig(process.cwd(), parameters.includes('--dev'), { info: () => {}, error: () => {} })
  const program = new Command('callboard')
    .description(packageJson.description)
    .version(packageJson.version)
    .addCommand(startCommand())
    .addCommand(sendCommand())
    .addCommand(migrateCommand())
    .addCommand(adminCommand())
    .addCommand(sourceCommand())
    .addCommand(doctorCommand())
    .addCommand(pruneCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand())
    .addCommand(restoredCommand())
    .addCommand(demoCommand())
  try {
    await program.parseAsync(parameters, { from: 'user' })
  } catch (error) {
    reportFailure(error)
  }
}
