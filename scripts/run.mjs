// Runs a `callboard` command from a clone: `npm run callboard -- migrate status`.
import { ensureBuilt, ensureInstalled } from './prepare.mjs'

ensureInstalled()
ensureBuilt()
const { main } = await import('../dist/main.js')
await main(process.argv.slice(2))
