// Runs a measurement of bench/ against the built server: `npm run bench:forged -- --rounds 1 --seconds 10`.
import path from 'node:path'
import { build } from 'esbuild'
import { ensureInstalled, root, run } from './prepare.mjs'

const [name, ...parameters] = process.argv.slice(2)
const outdir = path.join(root, 'dist', 'bench')

ensureInstalled()
run(process.execPath, [path.join(root, 'scripts', 'build.mjs'), '--server-only'])
await build({
  absWorkingDir: root,
  entryPoints: ['bench/**/*.ts'],
  outbase: 'bench',
  outdir,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
})
run(process.execPath, [path.join(outdir, `${name}.js`), ...parameters])
