import { MetaMigrateError } from '../../../app/errors.ts'
import { hostileNames } from '../../../app/model/testing/any-type.ts'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import type { Dialect, Operation } from '../../flavor.ts'
import type { Run } from './casts.ts'

const own = [
  "'", '"', '`', '``', '""', '\\', "\\'", '";x', "'; x --", '/*', '*/', '--', '# x', '?', ':x', '${x}', '..', '/', 'a/b', '\u202e', '\u2028', '\u0001', "N'x'", '1', '0x1f', 'ß', 'İ', 'a\u3000',
  'x'.repeat(64), 'é'.repeat(64), 'x'.repeat(65), 'concat', 'count', 'utf8mb4', '_utf8mb4', 'user', 'first', 'after', 'nchar', 'row_start', 'db_trx_id', 'fts_doc_id', 'end\r', 'half\ud800', 'nul\0',
]
export const names: readonly string[] = [...hostileNames, ...own]

const column = (name: string, more: Partial<ColumnShape> = {}): ColumnShape => ({ name, type: { kind: 'int32' }, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', ...more })

/** A table in a database, with the name in every place that takes one. Behind one of 64 characters nothing fits: there its last is changed. */
function tableNamed(name: string): TableShape {
  const other = (sign: string) => (Array.from(name).length < 64 ? name + sign : Array.from(name).slice(0, -1).join('') + sign)
  return {
    schema: name, name, comment: name, options: {},
    columns: [
      column(name, { nullable: false, comment: name }),
      column(other('2'), { type: { kind: 'varchar', length: 200 }, default: `'${name.replaceAll("'", "''")}'` }),
      column('label', { type: { kind: 'enum', name: null, values: [name.trim(), 'a label that is no name here'] } }),
    ],
    primaryKey: { name: '', columns: [name] },
    uniques: [{ name: other('u'), columns: [other('2')] }],
    checks: [{ name: other('c'), expression: '1 = 1' }],
    references: [{ name: other('f'), columns: [name], parent: { schema: name, name }, parentColumns: [name], onUpdate: 'no action', onDelete: 'cascade', deferrable: 'no' }],
    indexes: [{ name: other('i'), unique: false, method: '', parts: [{ column: name, expression: '', order: 'asc', nulls: '' }], include: [], predicate: '' }],
  }
}

/** Every operation on the table after it is made, in an order that leaves it as it was. */
function operationsOn(shape: TableShape): readonly Operation[] {
  const [first = column(''), second = column('')] = shape.columns
  const table = { schema: shape.schema, name: shape.name }
  const [reference, index, check, key] = [shape.references[0], shape.indexes[0], shape.checks[0], shape.uniques[0]]
  if (reference === undefined || index === undefined || check === undefined || key === undefined) throw new Error('the shape lacks a part')
  const counted = { from: { ...first, identity: 'default' as const }, to: { ...first, identity: 'default' as const } }
  return [
    { kind: 'copyTable', shape, to: 'a copy' }, { kind: 'copyRows', from: { ...table, name: 'a copy' }, to: shape, columns: shape.columns.map((one) => ({ from: one, to: one })) },
    { kind: 'dropReference', table, reference }, { kind: 'addReference', table, reference }, { kind: 'dropReference', table, reference },
    { kind: 'dropIndex', table, index }, { kind: 'createIndex', table, index }, { kind: 'dropCheck', table, check }, { kind: 'addCheck', table, check }, { kind: 'dropKey', table, key, primary: false }, { kind: 'addKey', table, key, primary: false },
    { kind: 'renameTable', from: table, to: 'other' }, { kind: 'renameTable', from: { ...table, name: 'other' }, to: shape.name },
    { kind: 'renameColumn', table, from: first.name, to: 'k' }, { kind: 'renameColumn', table, from: 'k', to: first.name },
    { kind: 'alterColumn', table, from: second, to: { ...second, type: { kind: 'varchar', length: 201 } } }, { kind: 'alterColumn', table, from: first, to: { ...first, comment: `${first.comment}!` } },
    { kind: 'addColumn', table, column: column('added') }, { kind: 'dropColumn', table, column: column('added') }, { kind: 'commentTable', table, from: shape.comment, to: shape.comment },
    { kind: 'continueIdentity', from: table, fromShape: shape, to: shape, columns: [counted] },
    { kind: 'dropTable', shape: { ...shape, name: 'a copy' } },
  ]
}

const text = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** 'refused', 'exact', or what the server made of a name. */
export async function fateOf(run: Run, dialect: Dialect, name: string): Promise<string> {
  const shape = tableNamed(name)
  try {
    dialect.statements({ kind: 'renameColumn', table: { schema: name, name }, from: 'k', to: name })
  } catch (error) {
    if (error instanceof MetaMigrateError && error.code === 'NAME_REFUSED') return 'refused'
    throw error
  }
  const schema = dialect.statements({ kind: 'createSchema', schema: name })
  for (const statement of schema) await run(statement.text)
  for (const { text: said } of [...dialect.statements({ kind: 'createTable', shape, references: true }), ...shape.indexes.flatMap((index) => dialect.statements({ kind: 'createIndex', table: shape, index }))]) await run(said)
  const found = async (what: string, from: string) => (await run(`SELECT DISTINCT ${what} FROM information_schema.${from} WHERE TABLE_SCHEMA = ${text(name)} ORDER BY 1`)).map((row) => row.join('\u0000'))
  const table = await found('TABLE_NAME, TABLE_COMMENT', 'TABLES')
  const columns = await found('COLUMN_NAME', 'COLUMNS')
  const indexes = await found('INDEX_NAME', 'STATISTICS')
  const constraints = await found('CONSTRAINT_NAME', 'TABLE_CONSTRAINTS')
  const sorted = (list: readonly string[]) => list.toSorted((a, b) => (a < b ? -1 : 1))
  const expected = {
    table: [`${name}\u0000${name}`], columns: sorted(shape.columns.map((one) => one.name)),
    indexes: sorted(['PRIMARY', ...shape.uniques.map((one) => one.name), ...shape.indexes.map((one) => one.name)]),
    constraints: sorted(['PRIMARY', ...shape.uniques.map((one) => one.name), ...shape.checks.map((one) => one.name), ...shape.references.map((one) => one.name)]),
  }
  const actual = { table, columns: sorted(columns), indexes: sorted(indexes), constraints: sorted(constraints) }
  if (JSON.stringify(actual) !== JSON.stringify(expected)) return JSON.stringify({ actual, expected })
  for (const operation of operationsOn(shape)) for (const one of dialect.statements(operation)) await run(one.text)
  await run(dialect.question({ kind: 'digest', table: shape, columns: shape.columns.map((one) => ({ from: one, to: one })), side: 'from' }))
  await run(dialect.question({ kind: 'countRows', table: shape }))
  for (const one of dialect.statements({ kind: 'dropTable', shape })) await run(one.text)
  for (const undo of schema.flatMap((one) => one.undo ?? [])) await run(undo)
  return (await run(`SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ${text(name)}`)).length === 0 ? 'exact' : 'left behind'
}
