// Compiles the server and one of the project's own tools, and runs the tool: `node scripts/tool.mjs torture/main --seconds 60`.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureInstalled, root, run } from './prepare.mjs'

const [tool, ...parameters] = process.argv.slice(2)
const [folder] = tool.split('/')

ensureInstalled()
run(process.execPath, [path.join(root, 'scripts', 'build.mjs'), '--server-only'])
// Only now is it sure to be installed.
const { build } = await import('esbuild')
const { esbuildOptions } = await import('./esbuild-options.mjs')
// Every file, for some tools start others of their folder as processes of their own.
await build({
  ...esbuildOptions,
  absWorkingDir: root,
  entryPoints: [`${folder}/**/*.ts`],
  outbase: '.',
  outdir: 'dist',
})
// In this very process, as package.json puts it in the shell's place: a signal to npm must reach the tool.
const file = path.join(root, 'dist', `${tool}.js`)
process.argv = [process.argv[0], file, ...parameters]
await import(pathToFileURL(file).href)
