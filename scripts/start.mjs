// `npm start` and `npm run dev`. Runs Callboard in this very process, so that signals reach it.
import path from 'node:path'
import { ensureBuilt, ensureInstalled, root, run } from './prepare.mjs'

ensureInstalled()
if (process.argv.includes('--dev')) run(process.execPath, [path.join(root, 'scripts', 'build.mjs'), '--server-only'])
else ensureBuilt()
const { main } = await import('../dist/main.js')
await main(['start', ...process.argv.slice(2)])
