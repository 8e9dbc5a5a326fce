// Makes sure that a fresh clone can run: dependencies installed, build fresh. Node built-ins only, for it runs before
// anything is installed; returns at once when nothing has changed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '..')

const nodeVersionMin = [20, 19]
const buildInputs = [
  'src',
  'scripts/build.mjs',
  'scripts/esbuild-options.mjs',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

/** Prints one line of progress for a person. */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** Runs a Node script or program to its end with its output shown; a failure ends this process with the same code. */
export function run(command, parameters, options = {}) {
  const result = spawnSync(command, parameters, { cwd: root, stdio: 'inherit', ...options })
  if (result.error) throw result.error
  if (result.status !== 0) process.exit(result.status ?? 1)
}

/** How to run npm: as the running npm is found, a bare `npm` where this was started without it. */
export function npmCommand(parameters) {
  const npm = process.env.npm_execpath
  return npm ? [process.execPath, [npm, ...parameters]] : ['npm', parameters]
}

export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < nodeVersionMin[0] || (major === nodeVersionMin[0] && minor < nodeVersionMin[1])) {
    say(`Callboard needs Node ${nodeVersionMin.join('.')} or newer; this is ${process.versions.node}.`)
    process.exit(1)
  }
  if (isInstalled()) return
  say('Installing dependencies (once; about a minute)')
  run(...npmCommand(['ci', '--include=dev', '--no-audit', '--no-fund']))
}

/** Whether what npm says it installed is what the lockfile asks for. Optional packages are for other platforms. */
function isInstalled() {
  const installed = readLock('node_modules/.package-lock.json')
  const wanted = readLock('package-lock.json')
  if (!installed || !wanted) return false
  return Object.entries(wanted).every(
    ([name, entry]) => name === '' || entry.optional || installed[name]?.version === entry.version,
  )
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages
  } catch {
    return null
  }
}

export function ensureBuilt() {
  const stamp = path.join(root, 'dist', '.build-stamp')
  const wanted = hashInputs()
  if (existsSync(path.join(root, '.next', 'BUILD_ID')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
    return
  say('Building (after each change of the sources; under a minute)')
  run(process.execPath, [path.join(root, 'scripts', 'build.mjs')])
  writeFileSync(stamp, wanted)
}

function hashInputs() {
  const hash = createHash('sha256').update(process.version)
  for (const input of buildInputs) hashPath(hash, path.join(root, input))
  return hash.digest('hex')
}

function hashPath(hash, file) {
  if (!existsSync(file)) return
  if (!statSync(file).isDirectory()) {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
    return
  }
  for (const name of readdirSync(file).sort()) hashPath(hash, path.join(file, name))
}
