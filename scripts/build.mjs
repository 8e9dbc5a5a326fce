// Compiles the server and the command line to dist/, and the console to .next/. `--server-only` leaves the console out.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { build } from 'esbuild'
import { esbuildOptions } from './esbuild-options.mjs'
import { root } from './prepare.mjs'

await build({
  ...esbuildOptions,
  absWorkingDir: root,
  entryPoints: {
    cli: 'src/cli/bin.ts',
    main: 'src/cli/main.ts',
    console: 'src/server/console/console-main.ts',
    'next-config': 'src/next-config.ts',
  },
  outdir: 'dist',
})

if (!process.argv.includes('--server-only')) {
  const result = spawnSync(process.execPath, [path.join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  if (result.status !== 0) process.exit(result.status ?? 1)
}
