import type { CheckShape, KeyShape, ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import { tokenize } from '../../lexer.ts'
import { hasImpliedCheck } from './column-sql.ts'
import { rules } from './lexical.ts'
import { bounded, convention, folded, schemaOf } from './names.ts'
import { indexName } from './part-sql.ts'
import type { Features } from './version.ts'

/** Columns that an expression names, each once, in the order they come. */
function columnsIn(expression: string, shape: TableShape): readonly string[] {
  const byName = new Map(shape.columns.map(({ name }) => [folded(name), name]))
  const named = tokenize(expression, rules).flatMap(({ kind, value }) => (kind === 'word' || kind === 'name' ? (byName.get(folded(value)) ?? []) : []))
  return [...new Set(named)]
}

/** Names that the parts of a table have already, and those that the checks of its types will have. */
function givenNames(shape: TableShape, features: Features): Set<string> {
  const parts = [...shape.uniques, ...shape.checks, ...shape.references, ...shape.indexes, ...(shape.primaryKey === null ? [] : [shape.primaryKey])]
  const implied = shape.columns.filter((column) => hasImpliedCheck(column, features)).map(({ name }) => convention.check(shape.name, [name]))
  return new Set([...parts.map(({ name }) => name), ...implied].map(folded))
}

/** `shape` with its schema and with a name for each part that has none, by convention; the second of a kind has 2 behind it. */
export function withNames(shape: TableShape, features: Features): TableShape {
  let known: Set<string> | undefined
  const fresh = (name: string) => {
    const taken = (known ??= givenNames(shape, features))
    let free = name
    for (let n = 2; taken.has(folded(free)); n++) free = bounded(`${name}_${n}`)
    taken.add(folded(free))
    return free
  }
  const named = <T extends { readonly name: string }>(part: T, name: () => string): T => (part.name === '' ? { ...part, name: fresh(name()) } : part)
  const { name: table } = shape
  return {
    ...shape,
    schema: schemaOf(shape),
    primaryKey: shape.primaryKey === null ? null : named(shape.primaryKey, () => convention.primaryKey(table)),
    uniques: shape.uniques.map((key): KeyShape => named(key, () => convention.unique(table, key.columns))),
    checks: shape.checks.map((check): CheckShape => named(check, () => convention.check(table, columnsIn(check.expression, shape)))),
    references: shape.references.map((one): ReferenceShape => {
      const reference = named(one, () => convention.reference(table, one.columns))
      return { ...reference, parent: { schema: schemaOf(one.parent), name: one.parent.name } }
    }),
    indexes: shape.indexes.map((index) => named(index, () => indexName(shape, index))),
  }
}
