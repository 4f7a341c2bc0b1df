import type { TableName, TableShape } from '../../../app/model/shape.ts'
import { join, sql } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import type { Statement } from '../../flavor.ts'
import { bounded, columnList, convention, displayTable, identifier, qualified, tableSql } from './names.ts'
import { withNames } from './normalize.ts'
import { statement } from './statement.ts'
import { drawnSequence, serialSequence } from './serial.ts'
import { defaultSql, referenceSql, serialDefault } from './table-sql.ts'

/** Name of the identity sequence of column `column` once its table is set aside as `to`: by the column's place among the identity columns. */
export function backupSequence(to: TableName, shape: TableShape, column: string): string {
  const place = shape.columns.filter((one) => one.identity !== null).findIndex((one) => one.name === column)
  return bounded(`${to.name}_seq${place + 1}`)
}

/**
 * The table goes to its backup name; so do the names that a schema holds only once: primary key, unique constraints, indexes, identity sequences.
 * Names of checks and foreign keys belong to the table and stay. Its foreign keys go first: the copy must not hold back changes of the parents.
 * A sequence that the new table goes on by, or that others use, keeps its name; the copy lets go of it.
 */
export function setAside(given: TableShape, to: string, handedOn: readonly string[] = []): readonly Statement[] {
  const shape = withNames(given)
  const backup = { schema: shape.schema, name: to }
  const [old, aside] = [tableSql(shape), tableSql(backup)]
  const name = displayTable(shape)
  const renameBoth = (what: string, head: Sql, from: string, target: string): Statement =>
    statement(
      sql`${head} ${identifier(from)} TO ${identifier(target)}`,
      `Free the name of ${what} ${from}`,
      'backup',
      [sql`${head} ${identifier(target)} TO ${identifier(from)}`],
      'locks',
    )
  const renameApart = (what: string, head: Sql, from: string, target: string, schema = shape.schema): Statement =>
    statement(
      sql`${head} ${qualified(schema, from)} RENAME TO ${identifier(target)}`,
      `Free the name of ${what} ${from}`,
      'backup',
      [sql`${head} ${qualified(schema, target)} RENAME TO ${identifier(from)}`],
      'locks',
    )
  const column = (name: string) => sql`ALTER TABLE ${aside} ALTER COLUMN ${identifier(name)}`
  return [
    ...shape.references.map((reference) =>
      statement(
        sql`ALTER TABLE ${old} DROP CONSTRAINT ${identifier(reference.name)}`,
        `Drop foreign key ${reference.name} of ${name}`,
        'backup',
        [sql`ALTER TABLE ${old} ADD ${referenceSql(reference)}`],
        'locks',
      ),
    ),
    statement(
      sql`ALTER TABLE ${old} RENAME TO ${identifier(to)}`,
      `Set ${name} aside as ${displayTable(backup)}`,
      'backup',
      [sql`ALTER TABLE ${aside} RENAME TO ${identifier(shape.name)}`],
      'locks',
    ),
    ...(shape.primaryKey === null
      ? []
      : [renameBoth('primary key', sql`ALTER TABLE ${aside} RENAME CONSTRAINT`, shape.primaryKey.name, bounded(`${to}_pkey`))]),
    ...shape.uniques.map((key, i) =>
      renameBoth('unique constraint', sql`ALTER TABLE ${aside} RENAME CONSTRAINT`, key.name, bounded(`${to}_key${i + 1}`)),
    ),
    ...shape.indexes.map((index, i) => renameApart('index', sql`ALTER INDEX`, index.name, bounded(`${to}_idx${i + 1}`))),
    ...shape.columns
      .filter((one) => one.identity !== null && one.identity !== 'serial')
      .map(({ name: numbered }) =>
        renameApart('sequence', sql`ALTER SEQUENCE`, convention.sequence(shape.name, numbered), backupSequence(backup, shape, numbered)),
      ),
    ...shape.columns
      .filter((one) => one.identity === 'serial')
      .map((one) => {
        const sequence = serialSequence(shape, one)
        if (!handedOn.includes(one.name)) return renameApart('sequence', sql`ALTER SEQUENCE`, sequence.name, backupSequence(backup, shape, one.name), sequence.schema)
        const summary = `Let ${displayTable(backup)} go of the sequence ${displayTable(sequence)}`
        return statement(sql`${column(one.name)} DROP DEFAULT`, summary, 'backup', [sql`${column(one.name)} SET DEFAULT ${serialDefault(shape, one)}`], 'locks')
      }),
    ...shape.columns.flatMap((one) => {
      const sequence = one.identity === null ? drawnSequence(shape, one) : null
      if (sequence === null || one.default === null) return []
      const summary = `Let ${displayTable(backup)} go of the sequence ${displayTable(sequence)}`
      return [statement(sql`${column(one.name)} DROP DEFAULT`, summary, 'backup', [sql`${column(one.name)} SET DEFAULT ${defaultSql(one.default, one.name)}`], 'locks')]
    }),
  ]
}

/** A plain copy of the rows, without keys and references. */
export function copyTable(shape: TableShape, to: string): readonly Statement[] {
  const backup = tableSql({ schema: shape.schema, name: to })
  const columns = shape.columns.map((column) => column.name)
  const list = columns.length === 0 ? sql`` : sql` ${columnList(columns)}`
  return [
    statement(
      sql`CREATE TABLE ${backup}${list} AS SELECT ${join(columns.map(identifier))} FROM ${tableSql(shape)}`,
      `Copy the rows of ${displayTable(shape)} to ${displayTable({ schema: shape.schema, name: to })}`,
      'backup',
      [sql`DROP TABLE ${backup}`],
    ),
  ]
}
