import { defineConfig } from 'vitest/config'

const reporters = ['default', './scripts/plain-reporter.ts']

// Three projects by what they need: nothing, a database server, a browser over the built program.
export default defineConfig({
  cacheDir: '.cache/vitest',
  test: {
    reporters,
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', environment: 'node', include: ['{app,flavors,main,renderer,scripts}/**/*.test.{ts,tsx}'], exclude: ['**/*.engine.test.ts'] } },
      { test: { name: 'engine', environment: 'node', globalSetup: ['./scripts/test-servers.ts'], include: ['{app,flavors,main}/**/*.engine.test.ts'], testTimeout: 300_000, hookTimeout: 120_000 } },
      { test: { name: 'e2e', environment: 'node', globalSetup: ['./scripts/test-servers.ts'], include: ['e2e/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } },
    ],
  },
})
