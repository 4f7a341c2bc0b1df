import { Socket } from 'node:net'
import { Client } from 'pg'
import type { ClientConfig, QueryArrayConfig } from 'pg'
import { MetaMigrateError } from '../../../app/errors.ts'
import type { Rows, Value } from '../../flavor.ts'
import { serverError } from './errors.ts'

/** Every value as the server's own text: the package's parsers lose digits, zones and spellings. */
const rawTypes = { getTypeParser: () => (value: unknown) => value }

/** One client of the driver package, its errors as ours. Calls are strictly one after another. */
export interface Session {
  run(text: string, parameters?: readonly Value[]): Promise<{ readonly rows: Rows; readonly affected: number | null }>
  /** Whether a statement runs now. */
  isBusy(): boolean
  /** Whether a transaction that was begun on this session is still open. */
  isInTransaction(): boolean
  /** The next statement waits for this. */
  hold(until: Promise<unknown>): void
  close(): Promise<void>
}

/** Opens one session by the first configuration that the server takes. */
export async function openSession(configs: readonly ClientConfig[], label: string, signal?: AbortSignal): Promise<Session> {
  for (const [index, config] of configs.entries()) {
    // Our own socket, so that an attempt can be ended however far it came: the package waits for an answer first.
    const socket = new Socket()
    const client = new Client({ ...config, types: rawTypes, stream: () => socket })
    let lost: unknown = null
    client.on('error', (error) => (lost = error))
    try {
      await connect(client, signal)
      return sessionOf(client, () => lost)
    } catch (error) {
      socket.destroy()
      const canRetry = index < configs.length - 1 && error instanceof Error && /SSL|TLS|ECONNRESET|terminated/i.test(error.message)
      if (!canRetry) throw serverError(error, `Could not connect to ${label}`, 'CONNECTION_FAILED')
    }
  }
  throw new MetaMigrateError('CONNECTION_FAILED', `Could not connect to ${label}.`, { flavor: 'postgres' })
}

async function connect(client: Client, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) {
    await client.connect()
    return
  }
  const cancelled = new MetaMigrateError('CANCELLED', 'Connecting was cancelled.', { flavor: 'postgres' })
  if (signal.aborted) throw cancelled
  const stop = Promise.withResolvers<never>()
  const abort = () => stop.reject(cancelled)
  signal.addEventListener('abort', abort, { once: true })
  try {
    await Promise.race([client.connect(), stop.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function sessionOf(client: Client, lost: () => unknown): Session {
  let busy = 0
  let inTransaction = false
  let held: Promise<unknown> = Promise.resolve()
  return {
    async run(text, parameters = []) {
      await held
      if (lost() !== null) throw serverError(lost(), 'The connection is gone', 'CONNECTION_LOST')
      busy++
      try {
        // Extended protocol: the server refuses more than one statement in a text.
        const config: QueryArrayConfig<Value[]> & { readonly queryMode: 'extended' } = {
          text,
          values: [...parameters],
          rowMode: 'array',
          queryMode: 'extended',
        }
        const result = await client.query<Value[], Value[]>(config)
        if (result.command === 'BEGIN' || result.command === 'START') inTransaction = true
        // ROLLBACK is also the answer to ROLLBACK TO, which ends nothing.
        if (result.command === 'COMMIT' || (result.command === 'ROLLBACK' && !/^\s*rollback\s+to\b/i.test(text))) inTransaction = false
        return { rows: { columns: result.fields.map((field) => field.name), rows: result.rows }, affected: result.rowCount }
      } catch (error) {
        throw serverError(lost() ?? error, 'The statement failed', lost() === null ? 'STATEMENT_FAILED' : 'CONNECTION_LOST')
      } finally {
        busy--
      }
    },
    isBusy: () => busy > 0,
    isInTransaction: () => inTransaction,
    hold(until) {
      held = Promise.allSettled([held, until])
    },
    async close() {
      if (lost() === null) await client.end()
    },
  }
}
