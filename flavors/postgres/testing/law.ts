import type { TableShape } from '../../../app/model/shape.ts'
import type { Connection, Statement } from '../../flavor.ts'

/** Statements that make a table with all that belongs to it. */
export function createTexts(connection: Connection, shape: TableShape): readonly Statement[] {
  const table = { schema: shape.schema, name: shape.name }
  const { dialect } = connection
  return [
    ...(dialect.sequences?.of(shape).flatMap((use) => dialect.sequences?.create(use) ?? []) ?? []),
    ...dialect.statements({ kind: 'createTable', shape, references: false }),
    ...shape.indexes.flatMap((index) => dialect.statements({ kind: 'createIndex', table, index })),
    ...shape.references.flatMap((reference) => dialect.statements({ kind: 'addReference', table, reference })),
  ]
}

/** Both sides of the law for one table: its normal form, and that of what the server has once it was made; nothing stays. */
export async function bothSides(
  connection: Connection,
  given: TableShape,
): Promise<{ readonly wanted: TableShape; readonly found: TableShape | undefined; readonly again: TableShape | undefined }> {
  const { dialect } = connection
  const wanted = dialect.normalize(given)
  const read = async (shape: TableShape) => {
    await connection.execute('BEGIN')
    try {
      for (const { text } of createTexts(connection, shape)) await connection.execute(text)
      const catalog = await connection.introspect({ tables: [wanted] })
      const [table] = catalog.tables
      return table === undefined ? undefined : dialect.normalize(table.shape)
    } finally {
      await connection.execute('ROLLBACK')
    }
  }
  // Made from the model's spelling and from the normal form: both must give the same table.
  return { wanted, found: await read(given), again: await read(wanted) }
}
