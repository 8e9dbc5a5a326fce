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
    pool: 'forks',
    maxWorkers: 2,
  },
})
