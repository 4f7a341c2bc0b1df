import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Catalog, Connection } from '../../../app/flavor/driver.ts'
import { ownTablesOut } from '../../../app/commands/plan-command.ts'
import type { SharedPostgres } from '../../../scripts/postgres-server.ts'

/** A database of its own for one test, with a folder for the local store. */
export interface TestTarget {
  readonly flavor: string
  readonly url: string
  readonly folder: string
  open(): Promise<Connection>
  /** Statements one after another, in a session that the test keeps. */
  run(...texts: readonly string[]): Promise<void>
  rows(text: string): Promise<readonly (readonly (string | null)[])[]>
  /** Ends the session that `run` and `rows` share; the next call opens another. */
  leave(): Promise<void>
  /** The same, and removes the folder. */
  dispose(): Promise<void>
}

/** Opens sessions of a flavor on an address. */
export async function opener(flavor: string, url: string): Promise<() => Promise<Connection>> {
  const { driver } =
    flavor === 'sqlite'
      ? await import('../../../flavors/sqlite/driver/index.ts')
      : await import('../../../flavors/postgres/driver/index.ts')
  return () => driver.connect({ url })
}

/** A new empty SQLite file. */
export function sqliteTarget(): Promise<TestTarget> {
  const folder = mkdtempSync(join(tmpdir(), 'metamigrate-run-'))
  return targetOf('sqlite', `sqlite:${join(folder, 'target.db')}`, folder)
}

/** A new empty database of a PostgreSQL server. */
export async function postgresTarget(server: SharedPostgres): Promise<TestTarget> {
  return targetOf('postgres', await server.createDatabase(), mkdtempSync(join(tmpdir(), 'metamigrate-run-')))
}

/** A target on an address that exists already. The folder is removed by `dispose`. */
export async function targetOf(flavor: string, url: string, folder: string): Promise<TestTarget> {
  const open = await opener(flavor, url)
  let shared: Promise<Connection> | null = null
  const session = () => (shared ??= open())
  const leave = async () => {
    const old = shared
    shared = null
    await (await old)?.close()
  }
  return {
    flavor,
    url,
    folder,
    open,
    async run(...texts) {
      const connection = await session()
      for (const text of texts) await connection.execute(text)
    },
    rows: async (text) => (await (await session()).query(text)).rows,
    leave,
    async dispose() {
      await leave()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Everything that makes two databases the same for a person: tables and what hangs on them, our own left out.
 * Plain names lose their quotes: SQLite's RENAME puts some into the texts that it rewrites, there and back.
 */
export async function schemaOf(target: TestTarget): Promise<unknown> {
  const connection = await target.open()
  try {
    return JSON.parse(
      JSON.stringify(plainCatalog(ownTablesOut(await connection.introspect(), connection.dialect))).replaceAll(/\\"([a-z_]+)\\"/g, '$1'),
    )
  } finally {
    await connection.close()
  }
}

function plainCatalog({ tables }: Catalog): unknown {
  return tables
    .map(({ shape, dependents, remake }) => ({ shape, dependents, remake }))
    .toSorted((a, b) => (a.shape.name < b.shape.name ? -1 : 1))
}
