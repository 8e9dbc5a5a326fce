import { spawnSync } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../../..')

export type CommandResult = { status: number | null; stdout: string; stderr: string }

type Options = { env: Record<string, string | undefined>; input?: string; user?: { uid: number; gid: number } }

/** Runs one `callboard` command of the built product to its end. */
export function runCallboard(parameters: readonly string[], { env, input = '', user }: Options): CommandResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', ...parameters], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: undefined, ...env } as NodeJS.ProcessEnv,
    input,
    encoding: 'utf8',
    ...user,
  })
  return { status, stdout, stderr }
}
