import type { TableName, TableShape } from '../../../app/model/shape.ts'
import type { Statement, Swap } from '../../flavor.ts'
import { sql, verbatim, type Sql } from '../../sql.ts'
import { isWritable, keepsFiles, locationOf } from './facts.ts'
import { copyRows, copyTable } from './load.ts'
import { displayTable, fold, qualified, tableSql } from './names.ts'
import { statement, unsupported } from './statement.ts'
import { createTableSql } from './table-sql.ts'

/**
 * A copy of the rows under a new name, then the table goes. Renaming the old table away would not free its directory where the metastore makes tables
 * external by itself (HMS 3): a new table of the old name would begin with the old rows. Undo makes the table again from its shape and fills it,
 * but for an external one, whose files are still there. A format that Impala does not write has no way back but the copy.
 */
export function setAside(shape: TableShape, to: string, version: number): readonly Statement[] {
  const copy = { schema: shape.schema, name: to }
  return [
    ...copyTable(shape, to, version),
    statement(sql`DROP TABLE ${tableSql(shape)}`, `Drop ${displayTable(shape)}, whose rows are in ${displayTable(copy)}`, 'delete', isWritable(shape.options) ? remade(shape, copy, version) : null, 'drops'),
  ]
}

function remade(shape: TableShape, copy: TableName, version: number): readonly Sql[] {
  const columns = shape.columns.map((column) => ({ to: column, from: column }))
  const filled = keepsFiles(shape) ? [] : copyRows(copy, shape, columns, version).map(({ text }) => verbatim(text))
  return [createTableSql(shape, true, version), ...filled]
}

/**
 * Each old table gets its private name, then the new one the name that is free: two statements for a table, each with its way back; there is no exchange in one.
 * For a moment nobody finds the table. That the two do not share a directory is for who runs this to look up (DESCRIBE FORMATTED) before anything is filled;
 * here two tables that are told to are refused.
 */
export function swapTables(tables: readonly Swap[]): readonly Statement[] {
  return tables.flatMap(({ old, fresh, to }) => {
    if (old !== null) refuseSharedLocation(old.shape, fresh)
    const wanted = qualified(to.schema, to.name)
    const [now, name] = [tableSql(fresh), displayTable(to)]
    const aside = old === null ? null : { schema: old.shape.schema, name: old.aside }
    const away = old === null || aside === null ? [] : [statement(sql`ALTER TABLE ${tableSql(old.shape)} RENAME TO ${tableSql(aside)}`, `Set ${displayTable(old.shape)} aside as ${displayTable(aside)}`, 'backup', [sql`ALTER TABLE ${tableSql(aside)} RENAME TO ${tableSql(old.shape)}`], 'locks')]
    return [...away, statement(sql`ALTER TABLE ${now} RENAME TO ${wanted}`, `Give the new table its name ${name}`, 'create', [sql`ALTER TABLE ${wanted} RENAME TO ${now}`], 'locks')]
  })
}

function refuseSharedLocation(old: TableShape, fresh: TableShape): void {
  const [a, b] = [locationOf(old), locationOf(fresh)].map((text) => text.replace(/\/+$/, ''))
  if (a === undefined || b === undefined || a === '' || b === '') return
  if (a !== b && !a.startsWith(`${b}/`) && !b.startsWith(`${a}/`)) return
  throw unsupported('swapTables', `${displayTable(old)} has its files in ${a}, and the new table would have them in ${b}: both would hold the same rows, and dropping one would empty the other. Change IMPALA.LOCATION of ${fold(old.name)}, or clear it.`)
}
