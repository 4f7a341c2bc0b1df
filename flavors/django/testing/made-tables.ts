import type { TableName, TableShape } from '../../../app/model/shape.ts'
import type { Connection, Operation } from '../../flavor.ts'
import { nullableOf } from '../../testing/usable-shapes.ts'

const renamed = <T extends TableName>(name: T, from: string, to: string): T => (name.schema === from ? { ...name, schema: to } : name)

/** The tables that Django made, in normal form; `schema` is where it put those without one. */
export async function tablesOfDjango(connection: Connection, schemas: readonly string[], schema: string): Promise<readonly TableShape[]> {
  const { dialect } = connection
  const { tables } = await connection.introspect(dialect.can.schemas ? { schemas } : {})
  return tables.map(({ shape }) => dialect.normalize({ ...renamed(shape, schema, dialect.can.defaultSchema), references: shape.references.map((one) => ({ ...one, parent: renamed(one.parent, schema, dialect.can.defaultSchema) })) }))
}

/** The tables of our own DDL, read back in normal form; nothing of them stays. */
export async function tablesOfDialect(connection: Connection, said: readonly TableShape[]): Promise<readonly TableShape[]> {
  const { dialect } = connection
  const shapes = said.map((shape) => dialect.normalize(shape))
  const isInline = dialect.can.foreignKeys !== 'alter'
  const schemas = [...new Set(shapes.map(({ schema }) => schema))].filter((schema) => schema !== dialect.can.defaultSchema)
  const operations: readonly Operation[] = [
    ...schemas.map((schema): Operation => ({ kind: 'createSchema', schema })),
    ...shapes.map((shape): Operation => ({ kind: 'createTable', shape, references: isInline })),
    ...shapes.flatMap((shape) => shape.indexes.map((index): Operation => ({ kind: 'createIndex', table: shape, index, nullable: nullableOf(shape, index.parts.map((part) => part.column)) }))),
    ...(isInline ? [] : shapes.flatMap((shape) => shape.references.map((reference): Operation => ({ kind: 'addReference', table: shape, reference })))),
  ]
  await connection.execute('BEGIN')
  try {
    for (const operation of operations) for (const { text } of dialect.statements(operation)) await connection.execute(text)
    return (await connection.introspect()).tables.map(({ shape }) => dialect.normalize(shape))
  } finally {
    await connection.execute('ROLLBACK')
  }
}
