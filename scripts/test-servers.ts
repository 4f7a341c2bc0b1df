import { startPostgres } from './postgres-server.ts'

/**
 * Starts one private PostgreSQL server for a test run and names it to the workers by environment.
 * Returns its end. An address that is set already (another run's, a person's own) is used as it is.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['METAMIGRATE_TEST_POSTGRES']) return undefined
  const server = await startPostgres()
  process.env['METAMIGRATE_TEST_POSTGRES'] = server.url
  return async () => {
    delete process.env['METAMIGRATE_TEST_POSTGRES']
    await server.stop()
  }
}
