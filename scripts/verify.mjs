// `npm run verify`: everything that can be told of a change without running it. Seconds, no database.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { ensureInstalled, root, say } from './prepare.mjs'

ensureInstalled()

const bin = (name) => path.join(root, 'node_modules', '.bin', name)
const checks = [
  { name: 'format and lint', command: bin('biome'), parameters: ['check', '--error-on-warnings', '.'] },
  { name: 'types', command: bin('tsc'), parameters: ['--noEmit'] },
  {
    name: 'import direction',
    command: bin('depcruise'),
    parameters: ['src', 'tests', 'bench', 'torture', 'fuzz', '--config', '.dependency-cruiser.cjs'],
  },
  { name: 'dead code', command: bin('knip'), parameters: ['--no-progress'] },
]

function runCheck({ name, command, parameters }) {
  return new Promise((resolve) => {
    const startedAt = performance.now()
    const child = spawn(command, parameters, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      say(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
      if (code !== 0) say(output)
      resolve(code === 0)
    })
  })
}

const results = await Promise.all(checks.map(runCheck))
if (results.includes(false)) process.exit(1)
