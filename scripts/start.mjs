// `npm start`, `npm run dev` and `npm run demo`. Runs Callboard in this very process, which package.json puts in the shell's place with
// `exec`: npm passes a SIGTERM on to its child, and a shell in between would die of it and leave Callboard running.
import path from 'node:path'
import { ensureBuilt, ensureInstalled, root, run } from './prepare.mjs'

ensureInstalled()
if (process.argv.includes('--dev')) run(process.execPath, [path.join(root, 'scripts', 'build.mjs'), '--server-only'])
else ensureBuilt()
const { main } = await import('../dist/main.js')
const [first, ...others] = process.argv.slice(2)
await main(first === 'demo' ? ['demo', ...others] : ['start', ...process.argv.slice(2)])
