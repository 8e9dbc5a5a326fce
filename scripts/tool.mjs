// Compiles one of the project's own tools (torture, benchmarks) and runs it: `node scripts/tool.mjs torture/main.ts --help`.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureInstalled, root } from './prepare.mjs'

ensureInstalled()
const { build } = await import('esbuild')
const [entry, ...parameters] = process.argv.slice(2)
const outfile = path.join(root, 'dist', 'tools', `${entry.replaceAll('/', '-').replace(/\.ts$/, '')}.js`)
await build({
  absWorkingDir: root,
  entryPoints: [entry],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  sourcemap: true,
  logLevel: 'warning',
})
process.argv = [process.argv[0], outfile, ...parameters]
await import(pathToFileURL(outfile).href)
