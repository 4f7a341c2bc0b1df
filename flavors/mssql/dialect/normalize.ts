import type { ColumnShape, IndexShape, ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import { normalExpression } from '../../lexer.ts'
import { defaultExpression } from './default.ts'
import { rules } from './lexical.ts'
import { isText } from './native.ts'
import { normalOptions } from './options.ts'
import { indexMethod } from './part-sql.ts'
import { normalType, storedOf } from './stored.ts'
import type { Features } from './version.ts'
import { withNames } from './with-names.ts'

/** Equal tables deeply equal: names made, types as stored, expressions in one spelling, parts by name. Still valid input for `statements`, and means the same. */
export function normalize(shape: TableShape, features: Features): TableShape {
  const named = withNames(shape, features)
  const keyed = new Set(named.primaryKey?.columns)
  const columns = named.columns.map((column) => normalColumn(column, keyed.has(column.name), features))
  return {
    ...named,
    columns,
    checks: named.checks.map(({ name, expression }) => ({ name, expression: normalExpression(expression, rules) })).toSorted(byName),
    uniques: named.uniques.toSorted(byName),
    references: named.references.map(normalReference).toSorted(byName),
    indexes: named.indexes.map(normalIndex).toSorted(byName),
    options: normalOptions(shape),
  }
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

function normalColumn(column: ColumnShape, inKey: boolean, features: Features): ColumnShape {
  const { generated, identity } = column
  return {
    ...column,
    type: normalType(column.type, features),
    nullable: column.nullable && identity === null && !inKey,
    default: generated !== null || identity !== null ? null : normalDefault(column, features),
    identity: generated !== null || identity === null ? null : 'default',
    generated: generated === null ? null : { ...generated, expression: normalExpression(generated.expression, rules) },
    collation: /^database_default$/i.test(column.collation) || !isText(storedOf(column.type, features)) ? '' : column.collation,
  }
}

function normalDefault(column: ColumnShape, features: Features): string | null {
  return defaultExpression(column, features)
}

const normalReference = (reference: ReferenceShape): ReferenceShape => {
  const action = (what: ReferenceShape['onDelete']) => (what === 'restrict' ? 'no action' : what)
  return { ...reference, onUpdate: action(reference.onUpdate), onDelete: action(reference.onDelete), deferrable: 'no' }
}

function normalIndex(index: IndexShape): IndexShape {
  return {
    ...index,
    method: indexMethod(index.method),
    parts: index.parts.map((part) => ({ ...part, nulls: '' })),
    predicate: index.predicate === '' ? '' : normalExpression(index.predicate, rules),
  }
}
