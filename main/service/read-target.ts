import { hasBooks, noHistory, readHistory } from '../../app/commands/history.ts'
import { idsForLoaded } from '../../app/commands/loaded-ids.ts'
import type { LoadedTable } from '../../app/commands/loaded-table.ts'
import { ownTablesOut } from '../../app/commands/plan-command.ts'
import { declaredField } from '../../app/diff/declared-types.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import type { Dialect } from '../../app/flavor/dialect.ts'
import type { CatalogTable, Connection } from '../../app/flavor/driver.ts'
import type { Finding } from '../../app/model/finding.ts'
import { modelFromShapes } from '../../app/model/from-shapes.ts'
import { loadedPartIds } from '../../app/model/loaded-ids.ts'
import type { Model, Table } from '../../app/model/model.ts'
import type { TableShape } from '../../app/model/shape.ts'

/** What was read of a database. */
export interface ReadTarget {
  readonly model: Model
  /** The tables as they were read, with the ids that the model has for them. */
  readonly loaded: readonly LoadedTable[]
  readonly findings: readonly Finding[]
}

/** A model of what a database holds, with the ids that the database recorded, else ids made from names. `schemas`: only these; all when left out. */
export async function readTarget(
  connection: Connection,
  name: string,
  schemas: readonly string[] | undefined,
): Promise<ReadTarget> {
  const { dialect } = connection
  const all = await connection.introspect(schemas === undefined ? {} : { schemas })
  const { tables } = ownTablesOut(all, dialect)
  const shapes = tables.map(({ shape }) => shape)
  const { identities, findings } = await recordedIds(connection)
  const plain = modelFromShapes(shapes, loadedPartIds(name), name, idsForLoaded(shapes, identities, dialect.can))
  const model = { ...plain, tables: plain.tables.map((table, at) => withDeclaredTypes(table, shapes[at], dialect)) }
  const loaded = model.tables.flatMap(({ id, fields }, at): readonly LoadedTable[] => {
    const shape = shapes[at]
    return shape === undefined ? [] : [{ table: id, fields: fields.map((field) => field.id), shape }]
  })
  const leftOut = tables.flatMap((one, at) => leftOutOf(one, model.tables[at], dialect.name))
  return { model, loaded, findings: [...findings, ...leftOut] }
}

/** What the model does not hold of a table, at its place. */
function leftOutOf({ leftOut = [] }: CatalogTable, table: Table | undefined, flavor: string): readonly Finding[] {
  return leftOut.map(({ column, severity, message }) => {
    const field = table?.fields.find(({ name }) => name === column)?.id
    return { code: 'LEFT_OUT', severity, path: { ...(table === undefined ? {} : { table: table.id }), ...(field === undefined ? {} : { field }) }, message, flavor }
  })
}

/** The declared types as they are written, which create and redeploy in the same flavor keep. */
function withDeclaredTypes(table: Table, shape: TableShape | undefined, dialect: Dialect): Table {
  const columns = new Map((shape?.columns ?? []).map((column) => [column.name, column]))
  const fields = table.fields.map((field) => {
    const column = columns.get(field.name)
    return column === undefined ? field : declaredField(field, column, dialect)
  })
  return { ...table, fields }
}

/** Identities as the target recorded them. Who may not read the record reads the tables all the same, and is told so. */
async function recordedIds(connection: Connection) {
  try {
    const { identities } = await readHistory(connection, { isThere: await hasBooks(connection), runs: false })
    return { identities, findings: [] }
  } catch (error) {
    if (!(error instanceof MetaMigrateError) || error.code !== 'NOT_PERMITTED') throw error
    const message = `The ids that MetaMigrate recorded in this database may not be read by this role, so the model gets ids made from names: ${error.message}`
    return { identities: noHistory.identities, findings: [{ code: error.code, severity: 'warning', path: {}, message } satisfies Finding] }
  }
}
