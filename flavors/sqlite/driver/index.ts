import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { MetaMigrateError } from '../../../app/errors.ts'
import type { Connection, ConnectOptions, Driver, Rows } from '../../flavor.ts'
import { dialect } from '../dialect/index.ts'
import { introspect } from './introspect.ts'
import { endSession, isSessionAlive, takePeer, type Seat } from './pool.ts'
import type { Opened, ScratchAnswer } from './protocol.ts'

const defaultBusyTimeoutMs = 3000
const oldest = 3_040_000

/** Path of a `sqlite:` address: `sqlite:clinic.db`, `sqlite:/data/clinic.db`, `sqlite:///data/clinic.db`, `sqlite::memory:`. */
export function pathOf(url: string): string {
  const rest = url.replace(/^sqlite:/i, '').replace(/^\/\/(?=\/)/, '')
  if (rest === '') throw new MetaMigrateError('CONNECTION_FAILED', 'The address sqlite: names no file: write sqlite:PATH.', {})
  return rest === ':memory:' ? rest : resolve(decodeURIComponent(rest.replaceAll(/%(?![0-9a-fA-F]{2})/g, '%25')))
}

/** SQLite through better-sqlite3, each connection in a process of its own, which a later connection may take over once it is closed. */
export const driver: Driver = { flavor: dialect.name, connect }

async function connect(options: ConnectOptions): Promise<Connection> {
  const path = pathOf(options.url)
  if (path !== ':memory:' && !existsSync(dirname(path))) throw new MetaMigrateError('CONNECTION_FAILED', `Could not open ${path}: the folder ${dirname(path)} does not exist.`, {})
  const isThere = path === ':memory:' || existsSync(path)
  if (!isThere && options.missing === 'refuse') throw new MetaMigrateError('NOT_FOUND', `There is no file ${path}.`, { path })
  const opens = !isThere && options.missing === 'empty' ? ':memory:' : path
  const started = performance.now()
  const seat = takePeer()
  const what = `Could not open ${path}`
  try {
    const opened = (await seat.ask({ kind: 'open', path: opens, readOnly: opens === path && (options.readOnly ?? false), busyTimeoutMs: options.lockTimeoutMs ?? defaultBusyTimeoutMs }, what)) as Opened
    const version = versionNumber(opened.version)
    if (version < oldest) throw new MetaMigrateError('TARGET_UNSUPPORTED', `${what}: this is SQLite ${opened.version}; MetaMigrate needs 3.40 or later.`, {})
    const info = { product: `SQLite ${opened.version}`, version, database: path === ':memory:' ? 'memory' : basename(path), session: seat.session, latencyMs: Math.round(performance.now() - started) }
    return connection(seat, info)
  } catch (error) {
    await seat.leave()
    throw error
  }
}

function versionNumber(text: string): number {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number)
  return major * 1_000_000 + minor * 1000 + patch
}

function connection(seat: Seat, server: Connection['server']): Connection {
  const query = async (text: string, parameters: readonly (string | null)[] = []) => (await seat.ask({ kind: 'query', text, parameters }, 'Could not read')) as Rows
  return {
    server,
    dialect: dialect.forVersion(server.version),
    query,
    execute: async (text, parameters = []) => (await seat.ask({ kind: 'execute', text, parameters }, 'The statement failed')) as number | null,
    introspect: (options = {}) => introspect({ query: (text) => query(text), scratch: async (objects, work) => (await seat.ask({ kind: 'scratch', objects, work }, 'Could not read the schema')) as ScratchAnswer }, options),
    cancel: () => seat.cancel(),
    sessionAlive: (session) => Promise.resolve(isSessionAlive(session)),
    endSession: (session) => Promise.resolve(endSession(session)),
    close: () => seat.leave(),
  }
}
