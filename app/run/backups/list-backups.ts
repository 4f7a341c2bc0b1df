import { isPrivateName } from '../../commands/private-names.ts'
import { hasBooks } from '../../commands/history.ts'
import { tableKey } from '../../diff/names.ts'
import { MetaMigrateError } from '../../errors.ts'
import type { Catalog, Connection } from '../../flavor/driver.ts'
import type { TableName } from '../../model/shape.ts'
import type { Backup } from '../report.ts'
import { readRecords } from './known-copies.ts'
import type { RunRecord } from './known-copies.ts'
import { holdingsOf, onlyCopyOf } from './only-copy.ts'
import type { HeldCopy, Holdings } from './only-copy.ts'

/** The books and the tables of a target, as they are now. */
export interface CopiesNow {
  readonly records: readonly RunRecord[]
  readonly catalog: Catalog
  readonly holdings: Holdings
}

/** Reads what a target keeps. Writes nothing; no books are no runs. */
export async function readCopies(connection: Connection): Promise<CopiesNow> {
  const records = (await hasBooks(connection)) ? await readRecords(connection) : []
  const catalog = await connection.introspect()
  return { records, catalog, holdings: holdingsOf(records, catalog, connection.dialect) }
}

/** Every copy that MetaMigrate keeps in a target, newest first, with what it alone holds; tables named like one that no run knows come last. */
export async function listBackups(connection: Connection): Promise<readonly Backup[]> {
  const now = await readCopies(connection)
  const { can } = connection.dialect
  const backups: Backup[] = []
  for (const held of now.holdings.copies) backups.push(await describe(held, now, new Set([held]), connection))
  const known = new Set(now.holdings.copies.map(({ copy }) => tableKey(can, copy.name)))
  for (const { shape } of now.catalog.tables) {
    if (!isPrivateName(can, shape.name) || known.has(tableKey(can, shape))) continue
    backups.push({
      ...nobody,
      name: { schema: shape.schema, name: shape.name },
      rows: await rowsOf(shape, connection),
      bytes: await bytesOf(shape, connection),
    })
  }
  return backups
}

const nobody = {
  kind: 'unknown',
  table: null,
  run: null,
  command: null,
  state: null,
  madeAt: null,
  onlyCopy: null,
  kept: 'no run knows it: look what it holds, and drop it by hand',
} as const

/** A copy as people see it. `without`: copies that do not count as another place. */
export async function describe(held: HeldCopy, { holdings }: CopiesNow, without: ReadonlySet<HeldCopy>, connection: Connection): Promise<Backup> {
  const { copy, shape, lineage } = held
  const { run } = copy
  return {
    name: copy.name,
    kind: copy.kind,
    table: lineage.table,
    run: run.id,
    command: run.command,
    state: run.state,
    madeAt: copy.madeAt,
    rows: await rowsOf(shape, connection),
    bytes: await bytesOf(shape, connection),
    onlyCopy: await onlyCopyOf(held, holdings, without, connection),
    kept: keptBecause(run),
  }
}

/** Why the copies of a run stay; null when they may be dropped. */
export function keptBecause({ state }: Pick<RunRecord, 'state'>): string | null {
  if (state === 'done' || state === 'undone') return null
  return state === 'running' ? 'its run is at work, or was interrupted: resume or undo it first' : `its run is ${state}: resume or undo it first`
}

async function rowsOf(table: TableName, connection: Connection): Promise<string> {
  const { rows } = await connection.query(connection.dialect.question({ kind: 'countRows', table: { schema: table.schema, name: table.name } }))
  return rows[0]?.[0] ?? '0'
}

async function bytesOf(table: TableName, connection: Connection): Promise<string | null> {
  const { copies } = connection.dialect
  if (copies === undefined) return null
  try {
    return (await connection.query(copies.bytes({ schema: table.schema, name: table.name }))).rows[0]?.[0] ?? null
  } catch (error) {
    // An SQLite that was built without dbstat.
    if (error instanceof MetaMigrateError && (error.code === 'NOT_FOUND' || error.code === 'STATEMENT_FAILED')) return null
    throw error
  }
}
