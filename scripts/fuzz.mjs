// `npm run fuzz -- --count N`: signed bodies of every kind against the built server; see fuzz/main.ts for the options.
import path from 'node:path'
import { ensureInstalled, root, run } from './prepare.mjs'

ensureInstalled()
run(process.execPath, [path.join(root, 'scripts', 'build.mjs'), '--server-only'])
// Only now is it sure to be installed.
const { build } = await import('esbuild')
await build({
  absWorkingDir: root,
  entryPoints: ['fuzz/main.ts'],
  outfile: 'dist/fuzz/main.js',
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  sourcemap: true,
  logLevel: 'warning',
})
await import('../dist/fuzz/main.js')
