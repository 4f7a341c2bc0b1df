import type { TableName, TableShape } from '../../../app/model/shape.ts'
import type { Statement } from '../../flavor.ts'
import { join, sql, type Sql } from '../../sql.ts'
import { defaultSql, hasImpliedCheck } from './column-sql.ts'
import { nullableColumns, refuseEmpty } from './create-table.ts'
import { continueNumbers, counterType } from './identity.ts'
import { nameLiteral } from './literal.ts'
import { bounded, convention, displayTable, identifier, qualified, tableSql } from './names.ts'
import { isRowVersion } from './native.ts'
import { dropConstraintSql, referenceSql } from './part-sql.ts'
import { renameSql } from './rename.ts'
import { statement } from './statement.ts'
import { storedOf } from './stored.ts'
import type { Features } from './version.ts'
import { withNames } from './with-names.ts'

/** A constraint that has to give its name free. `sure`: the catalog says that it is there; else it is looked for, since its name is only what we would give. */
interface Taken {
  readonly what: string
  readonly name: string
  readonly to: string
  readonly view: 'sys.check_constraints' | 'sys.default_constraints' | null
}

function takenNames(shape: TableShape, to: string, features: Features): readonly Taken[] {
  const numbered = (prefix: string, at: number) => bounded(`${prefix}_${to}_${at + 1}`)
  const sure = (what: string, name: string, target: string): Taken => ({ what, name, to: target, view: null })
  const implied = shape.columns.filter((column) => hasImpliedCheck(column, features))
  const defaults = shape.columns.filter((column) => defaultSql(shape, column, features) !== null)
  return [
    ...(shape.primaryKey === null ? [] : [sure('primary key', shape.primaryKey.name, convention.primaryKey(to))]),
    ...shape.uniques.filter((key) => nullableColumns(shape, key.columns).length === 0).map(({ name }, at) => sure('unique constraint', name, numbered('UQ', at))),
    ...shape.checks.map(({ name }, at) => sure('check', name, numbered('CK', at))),
    ...implied.map(({ name }, at): Taken => ({ what: 'check', name: convention.check(shape.name, [name]), to: numbered('CKT', at), view: 'sys.check_constraints' })),
    ...defaults.map(({ name }, at): Taken => ({ what: 'default', name: convention.default(shape.name, name), to: numbered('DF', at), view: 'sys.default_constraints' })),
  ]
}

/**
 * The table goes to its backup name; so do the names of its constraints, which a schema holds only once. Names of indexes belong to the table and stay.
 * Its foreign keys go first: the copy must not hold back changes of the parents.
 */
export function setAside(given: TableShape, to: string, features: Features): readonly Statement[] {
  const shape = withNames(given, features)
  const backup = { schema: shape.schema, name: to }
  const name = displayTable(shape)
  const free = ({ what, name: from, to: target, view }: Taken): Statement => {
    const move = (one: string, other: string): Sql => {
      const text = renameSql(qualified(shape.schema, one), other, 'OBJECT')
      if (view === null) return text
      const isThere = sql`SELECT 1 FROM ${view === 'sys.check_constraints' ? sql`sys.check_constraints` : sql`sys.default_constraints`} WHERE parent_object_id = OBJECT_ID(${nameLiteral(tableSql(backup))}) AND name = ${nameLiteral(one)}`
      return sql`IF EXISTS (${isThere}) ${text}`
    }
    return statement(move(from, target), `Free the name of ${what} ${from}`, 'backup', [move(target, from)], 'locks')
  }
  return [
    ...shape.references.map((reference) =>
      statement(dropConstraintSql(shape, reference.name), `Drop foreign key ${reference.name} of ${name}`, 'backup', [sql`ALTER TABLE ${tableSql(shape)} WITH CHECK ADD ${referenceSql(reference)}`], 'locks'),
    ),
    statement(renameSql(tableSql(shape), to, 'OBJECT'), `Set ${name} aside as ${displayTable(backup)}`, 'backup', [renameSql(tableSql(backup), shape.name, 'OBJECT')], 'locks'),
    ...takenNames(shape, to, features).map(free),
  ]
}

/**
 * A plain copy of the rows, without keys and references. The copy keeps the identity property; its counter is set to go on where the original's stood.
 * A computed column becomes a plain one, and a row version the bytes it had.
 */
export function copyTable(shape: TableShape, to: string, features: Features): readonly Statement[] {
  refuseEmpty(shape)
  const backup: TableName = { schema: shape.schema, name: to }
  const columns = shape.columns.map((column) => {
    const name = identifier(column.name)
    return isRowVersion(storedOf(column.type, features)) ? sql`CONVERT(binary(8), ${name}) AS ${name}` : name
  })
  const text = sql`SELECT ${join(columns)} INTO ${tableSql(backup)} FROM ${tableSql(shape)} WITH (TABLOCKX, HOLDLOCK)`
  const copied = statement(text, `Copy the rows of ${displayTable(shape)} to ${displayTable(backup)}`, 'backup', [sql`DROP TABLE ${tableSql(backup)}`])
  const counter = shape.columns.find(({ identity, generated }) => identity !== null && generated === null)
  return counter !== undefined ? [copied, statement(continueNumbers(shape, backup, counterType(counter, features)), `Keep the counter of ${displayTable(shape)}`, 'backup', [])] : [copied]
}
