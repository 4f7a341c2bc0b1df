import { startMariadb } from './mariadb-server.ts'
import { startPostgres } from './postgres-server.ts'

const servers = [
  { variable: 'METAMIGRATE_TEST_POSTGRES', start: startPostgres, projects: ['engine', 'python', 'e2e'] },
  { variable: 'METAMIGRATE_TEST_MARIADB', start: startMariadb, projects: ['mariadb'] },
] as const

/**
 * Starts the private servers that a test project needs, and names them to the workers by environment.
 * Returns their end. An address that is set already (another run's, a person's own) is used as it is.
 */
export async function setup(project: { readonly name: string }): Promise<() => Promise<void>> {
  const running: { readonly variable: string; readonly stop: () => Promise<void> }[] = []
  for (const { variable, start, projects } of servers) {
    if (process.env[variable] || !projects.some((name) => name === project.name)) continue
    const server = await start()
    process.env[variable] = server.url
    running.push({ variable, stop: () => server.stop() })
  }
  return async () => {
    for (const { variable, stop } of running) {
      delete process.env[variable]
      await stop()
    }
  }
}
