import type { ColumnShape, TableName } from '../../../app/model/shape.ts'
import type { Statement } from '../../flavor.ts'
import { sql, type Sql } from '../../sql.ts'
import { castRisk } from './cast.ts'
import { endsOf, isAssigned } from './cast-sql.ts'
import { defaultValue, hasOnUpdate } from './default.ts'
import { displayTable, identifier, tableSql } from './names.ts'
import type { Server } from './server.ts'
import { statement } from './statement.ts'
import { columnSql, unsupported } from './table-sql.ts'
import { storedType } from './types.ts'

/** Whether only the default differs, and ALTER COLUMN can write both: a moment and ON UPDATE need the whole column. */
function isDefaultOnly(from: ColumnShape, to: ColumnShape, server: Server): boolean {
  if (from.default === to.default || JSON.stringify({ ...from, default: null }) !== JSON.stringify({ ...to, default: null })) return false
  return [from, to].every((one) => !hasOnUpdate(one.default) && !(defaultValue(one, server) ?? '').startsWith('CURRENT_TIMESTAMP'))
}

/** SET DEFAULT or DROP DEFAULT. A column that takes NULL gets NULL by default, where DROP DEFAULT would leave it without any. */
function defaultSql(table: TableName, column: ColumnShape, server: Server): Sql {
  const value = defaultValue(column, server) ?? (column.nullable ? sql`NULL` : null)
  return sql`ALTER TABLE ${tableSql(table)} ALTER COLUMN ${identifier(column.name)} ${value === null ? sql`DROP DEFAULT` : sql`SET DEFAULT ${value}`}`
}

/** MODIFY with the whole definition: what is not restated is lost. Source: MySQL manual, "ALTER TABLE Statement", "Renaming, Redefining, and Reordering Columns". */
function modifySql(table: TableName, column: ColumnShape, server: Server): Sql {
  return sql`ALTER TABLE ${tableSql(table)} MODIFY COLUMN ${columnSql(column, { server, isKey: false, columns: null })}`
}

/** One statement for a change of a column. Errors: FLAVOR_UNSUPPORTED where the server would convert values in its own way, or make a field generated. */
export function alterColumn(table: TableName, from: ColumnShape, to: ColumnShape, server: Server): readonly Statement[] {
  const name = `${displayTable(table)}.${to.name}`
  if (from.generated?.stored !== to.generated?.stored) throw unsupported(`${name} cannot become generated, or cease to be, in place: rebuild the table.`, { table: table.name, column: to.name })
  const risk = castRisk(from.type, to.type, server)
  if (risk === 'impossible' || !isAssigned(endsOf(from, to, server))) {
    throw unsupported(`${name}: the server would convert the values in its own way (an enum by its number, bits as bytes). Rebuild the table.`, { table: table.name, column: to.name })
  }
  const summary = `Change column ${to.name} of ${displayTable(table)}`
  if (isDefaultOnly(from, to, server)) return [statement(defaultSql(table, to, server), summary, 'create', [defaultSql(table, from, server)], 'locks')]
  const [there, back] = [modifySql(table, to, server), modifySql(table, from, server)]
  if ((there as string) === (back as string)) return []
  const isSameType = JSON.stringify(storedType(from.type, server)) === JSON.stringify(storedType(to.type, server)) && from.collation === to.collation && from.nullable === to.nullable
  return [statement(there, summary, 'create', risk === 'lossy' ? null : [back], isSameType ? 'locks' : 'rewrites')]
}
