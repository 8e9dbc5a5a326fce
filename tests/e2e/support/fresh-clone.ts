import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { rootHome } from '@/server/postgres/layout'

const root = path.resolve(import.meta.dirname, '../../..')

export type Clone = { folder: string; remove(): void }

/** What a newcomer has after `git clone`: the files that git knows or would know, and nothing else. */
export function freshClone(): Clone {
  const folder = mkdtempSync(path.join(tmpdir(), 'callboard-clone-'))
  // The folder of a temporary file is closed to others; a container's is not.
  chmodSync(folder, 0o755)
  const list = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
  for (const file of list.split('\0').filter(Boolean)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    cpSync(path.join(root, file), path.join(folder, file))
  }
  return {
    folder,
    remove() {
      rmSync(folder, { recursive: true, force: true })
      rmSync(rootHome(path.join(folder, '.callboard')), { recursive: true, force: true })
    },
  }
}
