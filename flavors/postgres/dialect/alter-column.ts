import { ownDefault } from './default.ts'
import type { ColumnShape, TableName } from '../../../app/model/shape.ts'
import type { Statement } from '../../flavor.ts'
import { MetaMigrateError } from '../../../app/errors.ts'
import { join, sql } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { castRisk, storedType } from './cast.ts'
import { castTo } from './cast-sql.ts'
import { commentColumn } from './create-table.ts'
import { displayTable, identifier, tableSql } from './names.ts'
import { statement } from './statement.ts'
import { columnType, defaultSql } from './table-sql.ts'
import type { Zone } from './zone.ts'

/** Only the limit of a text grows or goes: no row is looked at, no default changes its meaning. */
function isLonger(from: ColumnShape, to: ColumnShape): boolean {
  const isSame = JSON.stringify({ ...from, type: to.type, comment: to.comment }) === JSON.stringify(to)
  return isSame && from.type.kind === 'varchar' && to.type.kind === 'varchar' && from.type.length !== null && (to.type.length === null || to.type.length > from.type.length)
}

/** Actions of one ALTER TABLE that bring a column from one definition to another, in an order in which none stands in another's way. */
function actions(table: TableName, from: ColumnShape, to: ColumnShape, zone: Zone): readonly Sql[] {
  const column = sql`ALTER COLUMN ${identifier(to.name)}`
  const retyped = JSON.stringify(storedType(from.type)) !== JSON.stringify(storedType(to.type)) || from.collation !== to.collation
  const found: Sql[] = []
  if (isLonger(from, to)) return [sql`${column} TYPE ${columnType(table, to)}`]
  if (from.identity !== null && to.identity === null) found.push(sql`${column} DROP IDENTITY`)
  // A default is cast with its column, which may fail or mean something else: then it goes first. SET DEFAULT alone replaces one.
  if (from.default !== null && (retyped || to.default === null)) found.push(sql`${column} DROP DEFAULT`)
  if (retyped) {
    const collation = to.collation === '' ? sql`` : sql` COLLATE ${identifier(to.collation)}`
    found.push(sql`${column} TYPE ${columnType(table, to)}${collation} USING ${castTo(identifier(to.name), from, to, table, zone)}`)
  }
  if (to.default !== null && (retyped || to.default !== from.default))
    found.push(sql`${column} SET DEFAULT ${defaultSql(ownDefault(to.default, to.type), to.name)}`)
  if (from.nullable && !to.nullable) found.push(sql`${column} SET NOT NULL`)
  if (!from.nullable && to.nullable) found.push(sql`${column} DROP NOT NULL`)
  const when = to.identity === 'always' ? sql`ALWAYS` : sql`BY DEFAULT`
  if (to.identity !== null && from.identity === null) found.push(sql`${column} ADD GENERATED ${when} AS IDENTITY`)
  else if (to.identity !== null && to.identity !== from.identity) found.push(sql`${column} SET GENERATED ${when}`)
  return found
}

/** One ALTER TABLE for the definition, one COMMENT for the comment. A change of a generated expression is no alteration: rebuild. */
export function alterColumn(table: TableName, from: ColumnShape, to: ColumnShape, zone: Zone): readonly Statement[] {
  if (JSON.stringify(from.generated) !== JSON.stringify(to.generated)) {
    throw new MetaMigrateError('FLAVOR_UNSUPPORTED', `The expression of ${to.name} cannot be changed in place: rebuild the table.`, {
      flavor: 'postgres',
      table: table.name,
      column: to.name,
    })
  }
  const alter = (list: readonly Sql[]) => sql`ALTER TABLE ${tableSql(table)}\n  ${join(list, ',\n  ')}`
  const there = actions(table, from, to, zone)
  // An assignment refuses a text that has become too long; a cast would cut it.
  const back = isLonger(from, to) ? [sql`ALTER COLUMN ${identifier(from.name)} TYPE ${columnType(table, from)}`] : actions(table, to, from, zone)
  const isLossy = castRisk(from.type, to.type) === 'lossy'
  const summary = `Change column ${to.name} of ${displayTable(table)}`
  return [
    ...(there.length === 0
      ? []
      : [statement(alter(there), summary, 'create', isLossy ? null : [alter(back)], isLonger(from, to) ? 'locks' : 'rewrites')]),
    ...(from.comment === to.comment
      ? []
      : [
          statement(commentColumn(table, to.name, to.comment), `Comment on ${displayTable(table)}.${to.name}`, 'create', [
            commentColumn(table, to.name, from.comment),
          ]),
        ]),
  ]
}
