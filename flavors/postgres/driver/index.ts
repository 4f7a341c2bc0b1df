import type { ClientConfig } from 'pg'
import { MetaMigrateError } from '../../../app/errors.ts'
import type { ConnectOptions, Connection, Driver, IntrospectOptions, ServerInfo, Value } from '../../flavor.ts'
import { dialectFor } from '../dialect/index.ts'
import { settings } from '../dialect/settings.ts'
import { parseAddress } from './address.ts'
import { introspect } from './introspect/index.ts'
import { openSession } from './session.ts'
import type { Session } from './session.ts'

/** What a session of ours needs beside the settings that every transaction has. */
const ofSession: Readonly<Record<string, string>> = {
  statement_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  client_min_messages: 'warning',
}
const oldest = 130_000

/** The time zone that a new session has: what the database is set to, else the server (or the role). What a session or a pool set for itself has no part in it. */
const zoneText = `SELECT coalesce((SELECT substr(s, strpos(s, '=') + 1) FROM pg_catalog.pg_db_role_setting d CROSS JOIN unnest(d.setconfig) s
    WHERE d.setrole = 0 AND d.setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()) AND s ILIKE 'timezone=%' LIMIT 1),
  (SELECT reset_val FROM pg_catalog.pg_settings WHERE name = 'TimeZone'), 'UTC')`

async function greet(session: Session, options: ConnectOptions): Promise<{ readonly server: ServerInfo; readonly zone: string }> {
  const wanted = {
    ...settings,
    ...ofSession,
    lock_timeout: `${options.lockTimeoutMs ?? 10_000}ms`,
    ...(options.readOnly === true ? { default_transaction_read_only: 'on' } : {}),
  }
  const names = Object.entries(wanted)
  await session.run(`SELECT ${names.map((_, i) => `set_config($${2 * i + 1}, $${2 * i + 2}, false)`).join(', ')}`, names.flat())
  const started = performance.now()
  const { rows } = await session.run(
    `SELECT current_setting('server_version_num'), current_setting('server_version'), current_database(), pg_backend_pid(),
  (SELECT extract(epoch FROM backend_start)::text FROM pg_catalog.pg_stat_activity WHERE pid = pg_backend_pid())`,
  )
  const latencyMs = performance.now() - started
  const [version, product, database, pid, start] = rows.rows[0] ?? []
  const zone = (await session.run(zoneText)).rows.rows[0]?.[0] ?? 'UTC'
  const server = {
    product: `PostgreSQL ${product?.split(' ')[0] ?? ''}`,
    version: Number(version),
    database: database ?? '',
    session: `${pid ?? ''}@${start ?? ''}`,
    latencyMs,
  }
  return { server, zone }
}

/** Pid and start of a session's name; null for a name that is none of ours. */
function sessionParts(session: string): readonly [string, string] | null {
  const match = /^(\d+)@([\d.]*)$/.exec(session)
  return match === null ? null : [match[1] ?? '', match[2] ?? '']
}

const aliveText = `SELECT 1 FROM pg_catalog.pg_stat_activity WHERE pid = $1::integer AND ($2 = '' OR backend_start IS NULL OR extract(epoch FROM backend_start)::text = $2)`

function connectionOf(session: Session, { server, zone }: Awaited<ReturnType<typeof greet>>, configs: readonly ClientConfig[], label: string): Connection {
  const query = async (text: string, parameters?: readonly Value[]) => (await session.run(text, parameters)).rows
  const own = sessionParts(server.session)?.[0] ?? '0'
  const isAlive = async (name: string) => {
    const parts = sessionParts(name)
    return parts !== null && (await query(aliveText, parts)).rows.length > 0
  }
  return {
    server,
    dialect: dialectFor(server.version, zone),
    query,
    execute: async (text, parameters) => (await session.run(text, parameters)).affected,
    introspect: (options: IntrospectOptions = {}) => introspect(query, server.version, session.isInTransaction(), options),
    async cancel() {
      if (!session.isBusy()) return
      const other = (async () => {
        const helper = await openSession(configs, label)
        // The wish is void when the statement ended meanwhile: the next one must not be hit.
        if (session.isBusy()) await helper.run('SELECT pg_cancel_backend($1::integer)', [own])
        await helper.close()
      })()
      session.hold(other)
      await other
    },
    sessionAlive: isAlive,
    async endSession(name) {
      const parts = sessionParts(name)
      if (parts === null || !(await isAlive(name))) return
      await query('SELECT pg_terminate_backend($1::integer)', [parts[0]])
      for (let tries = 0; await isAlive(name); tries++) {
        if (tries > 100)
          throw new MetaMigrateError('TARGET_BUSY', `The server session ${parts[0]} was asked to end, and still runs after 10 seconds.`, {
            flavor: 'postgres',
            pid: parts[0],
          })
        await query('SELECT pg_sleep(0.1)')
      }
    },
    close: () => session.close(),
  }
}

/** Sessions of PostgreSQL 13 and later by the package `pg`; every value travels as the server's text. */
export const driver: Driver = {
  flavor: 'postgres',
  async connect(options) {
    const { configs, label } = parseAddress(options)
    const session = await openSession(configs, label, options.signal)
    try {
      const greeted = await greet(session, options)
      const { server } = greeted
      if (server.version >= oldest) return connectionOf(session, greeted, configs, label)
      throw new MetaMigrateError('TARGET_UNSUPPORTED', `${label} is ${server.product}; MetaMigrate needs PostgreSQL 13 or later.`, {
        flavor: 'postgres',
        version: server.version,
      })
    } catch (error) {
      await session.close()
      throw error
    }
  },
}
