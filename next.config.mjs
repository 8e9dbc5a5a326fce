// What Next reads when the console is built and at every start. Compiled beforehand (`scripts/build.mjs`): Next would compile a
// next.config.ts anew at each start, and an image holds no sources.
export { default } from './dist/next-config.js'
