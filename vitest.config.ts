import { defineConfig } from 'vitest/config'

const reporters = ['default', './scripts/plain-reporter.ts']

const patient = { environment: 'node', globalSetup: ['./scripts/test-servers.ts'], testTimeout: 300_000, hookTimeout: 120_000 }
// Imports without file endings: Node does not load it, vite does.
const server = { deps: { inline: ['dt-sql-parser'] } }

// Projects by what they need: nothing, PostgreSQL, MariaDB, Python's packages (and PostgreSQL), a browser over the built program.
export default defineConfig({
  cacheDir: '.cache/vitest',
  test: {
    reporters,
    maxWorkers: 2,
    // dt-sql-parser says on the console what it also answers.
    onConsoleLog: (log) => !log.includes('token recognition error'),
    projects: [
      // Limits are for what hangs, not for what is slow: a busy machine must stay green.
      { test: { name: 'unit', environment: 'node', testTimeout: 60_000, include: ['{app,flavors,main,renderer,scripts}/**/*.test.{ts,tsx}'], exclude: ['**/*.engine.test.ts'] } },
      { test: { name: 'engine', ...patient, include: ['{app,flavors,main}/**/*.engine.test.ts'], exclude: ['flavors/{mysql,mssql,impala,django}/**'] } },
      { test: { name: 'mariadb', ...patient, server, include: ['flavors/mysql/**/*.engine.test.ts'] } },
      { test: { name: 'python', ...patient, server, include: ['flavors/{mssql,impala,django}/**/*.engine.test.ts'] } },
      { test: { name: 'e2e', environment: 'node', globalSetup: ['./scripts/test-servers.ts'], include: ['e2e/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } },
    ],
  },
})
