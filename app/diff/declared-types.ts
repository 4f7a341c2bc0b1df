import type { Dialect } from '../flavor/dialect.ts'
import type { Field, Table } from '../model/model.ts'
import { shapeOf } from '../model/resolve.ts'
import type { TableLookup } from '../model/resolve.ts'
import type { ColumnShape, TableShape } from '../model/shape.ts'

/** The column of fields.csv that holds declared types of a flavor as somebody wrote them: `SQLITE_TYPE`. No flavor but its own reads it. */
export const declaredKey = ({ name }: Pick<Dialect, 'name'>): string => `${name.toUpperCase()}_TYPE`

/** The table as the model says it, with the declared types that it holds for this flavor. */
export function declaredShape(table: Table, lookup: TableLookup, dialect: Dialect): TableShape {
  const shape = shapeOf(table, lookup)
  if (dialect.settle === undefined) return shape
  const key = declaredKey(dialect)
  const declared = new Map(table.fields.flatMap(({ name, extra }) => (Object.hasOwn(extra, key) ? [[name, extra[key] ?? '']] : [])))
  if (declared.size === 0) return shape
  const columns = shape.columns.map((column): ColumnShape => {
    const text = declared.get(column.name) ?? ''
    return text === '' ? column : { ...column, declared: text }
  })
  return { ...shape, columns }
}

/** A field of a model that was read from a database, with its declared type where our word for the type is another. */
export function declaredField(field: Field, column: ColumnShape, dialect: Dialect): Field {
  const { declared } = column
  const isOurs = declared?.toUpperCase() === dialect.types.toNative(column.type).text.toUpperCase()
  if (declared === undefined || declared === '' || column.identity !== null || isOurs) return field
  return { ...field, extra: { ...field.extra, [declaredKey(dialect)]: declared } }
}
