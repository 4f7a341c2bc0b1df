import { assertNever } from '../../../app/errors.ts'
import type { Operation, Statement } from '../../flavor.ts'
import { sql, type Sql } from '../../sql.ts'
import { convention, displayTable, tableSql } from './names.ts'
import { checkSql, dropConstraintSql, dropIndexSql, filteredKey, indexName, indexSql, primaryKeySql, referenceSql, uniqueSql } from './part-sql.ts'
import { statement } from './statement.ts'

/** Operations on one part of a table that stands. */
export type Part = Extract<
  Operation,
  { kind: 'createIndex' | 'dropIndex' | 'addReference' | 'dropReference' | 'addKey' | 'dropKey' | 'addCheck' | 'dropCheck' }
>

/** One part of a table made or taken away; each is the other's way back. */
export function partStatements(operation: Part): readonly Statement[] {
  const { table } = operation
  const both = (made: boolean, pair: { readonly add: Sql; readonly drop: Sql }, what: string): readonly Statement[] => {
    const summary = `${made ? 'Add' : 'Drop'} ${what} ${made ? 'to' : 'of'} ${displayTable(table)}`
    return [statement(made ? pair.add : pair.drop, summary, made ? 'create' : 'delete', [made ? pair.drop : pair.add], 'locks')]
  }
  const constraint = (body: Sql, name: string) => ({ add: sql`ALTER TABLE ${tableSql(table)} WITH CHECK ADD ${body}`, drop: dropConstraintSql(table, name) })
  switch (operation.kind) {
    case 'createIndex':
    case 'dropIndex': {
      const index = { ...operation.index, name: indexName(table, operation.index) }
      const pair = { add: indexSql(table, index, operation.nullable ?? []), drop: dropIndexSql(table, index.name) }
      return both(operation.kind === 'createIndex', pair, `index ${index.name}`)
    }
    case 'addReference':
    case 'dropReference': {
      const reference = named(operation.reference, () => convention.reference(table.name, operation.reference.columns))
      return both(operation.kind === 'addReference', constraint(referenceSql(reference), reference.name), `foreign key ${reference.name}`)
    }
    case 'addKey':
    case 'dropKey':
      return keyStatements(operation, both)
    case 'addCheck':
    case 'dropCheck': {
      const check = named(operation.check, () => convention.check(table.name, []))
      return both(operation.kind === 'addCheck', constraint(checkSql(check), check.name), `check ${check.name}`)
    }
    default:
      return assertNever(operation)
  }
}

type Both = (made: boolean, pair: { readonly add: Sql; readonly drop: Sql }, what: string) => readonly Statement[]

/** A unique key over columns that take NULL is a filtered index, not a constraint. */
function keyStatements(operation: Extract<Part, { kind: 'addKey' | 'dropKey' }>, both: Both): readonly Statement[] {
  const { table, primary, nullable = [], key: given } = operation
  const key = named(given, () => (primary ? convention.primaryKey(table.name) : convention.unique(table.name, given.columns)))
  const made = operation.kind === 'addKey'
  if (!primary && nullable.length > 0) {
    return both(made, { add: indexSql(table, filteredKey(key), nullable), drop: dropIndexSql(table, key.name) }, `unique index ${key.name}`)
  }
  const body = primary ? primaryKeySql(key, true) : uniqueSql(key)
  const pair = { add: sql`ALTER TABLE ${tableSql(table)} ADD ${body}`, drop: dropConstraintSql(table, key.name) }
  return both(made, pair, `${primary ? 'primary key' : 'unique constraint'} ${key.name}`)
}

const named = <T extends { readonly name: string }>(part: T, make: () => string): T => (part.name === '' ? { ...part, name: make() } : part)
