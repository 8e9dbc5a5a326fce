import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': path.resolve(import.meta.dirname, 'src') } },
  test: {
    include: ['tests/{unit,integration}/**/*.test.ts'],
    globalSetup: ['tests/support/postgres.global.ts'],
    setupFiles: ['tests/support/no-console-noise.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A wait ends when what it waits for is there; a machine that is busy with something else for a second fails nothing.
    expect: { poll: { timeout: 20_000 } },
    pool: 'forks',
    maxWorkers: 2,
  },
})
