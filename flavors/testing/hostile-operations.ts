import type { ColumnShape, TableShape } from '../../app/model/shape.ts'
import type { Capabilities, Operation, Question } from '../flavor.ts'

/** A word that a hostile name takes the place of: no flavor says it by itself, and none folds it. */
export const standIn = 'qzqz'

const column = (name: string, more: Partial<ColumnShape> = {}): ColumnShape => ({ name, type: { kind: 'int32' }, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', ...more })

/** A table with `name` in every place where a name or a text can be, as far as the flavor has the place. */
function tableNamed(name: string, can: Capabilities): TableShape {
  const schema = can.schemas ? name : ''
  return {
    schema, name, comment: name, options: {},
    columns: [
      column(name, { nullable: false, comment: name }),
      column(`${name}2`, { type: { kind: 'varchar', length: 40 }, default: `'${name.replaceAll("'", "''")}'`, comment: name }),
      column('plain', { type: { kind: 'enum', name: null, values: [name, 'a label that is longer than every name here'] } }),
    ],
    primaryKey: { name: `${name}p`, columns: [name] },
    uniques: [{ name: `${name}u`, columns: [`${name}2`] }],
    checks: [],
    references: [{ name: `${name}f`, columns: [name], parent: { schema, name }, parentColumns: [name], onUpdate: 'no action', onDelete: 'cascade', deferrable: 'no' }],
    indexes: [{ name: `${name}i`, unique: true, method: '', parts: [{ column: name, expression: '', order: 'desc', nulls: '' }], include: [], predicate: '' }],
  }
}

/** Every kind of operation with a name in every place. */
export function operationsNamed(name: string, can: Capabilities): readonly Operation[] {
  const shape = tableNamed(name, can)
  const { schema } = shape
  const table = { schema, name }
  const from = { schema, name: `${name}b` }
  const [first = column(name), second = column(name)] = shape.columns
  const [reference, key, index] = [shape.references[0], shape.uniques[0], shape.indexes[0]]
  if (reference === undefined || key === undefined || index === undefined) throw new Error('the shape lacks a part')
  const columns = shape.columns.map((one) => ({ from: one, to: one }))
  const counted = { ...shape, columns: [{ ...first, identity: 'default' as const }, ...shape.columns.slice(1)] }
  return [
    { kind: 'begin', tables: [table] }, { kind: 'commit' }, { kind: 'createSchema', schema: name },
    { kind: 'createTable', shape, references: false }, { kind: 'createTable', shape: counted, references: true }, { kind: 'dropTable', shape, ifExists: true }, { kind: 'dropTable', shape },
    { kind: 'renameTable', from: table, to: `${name}r` }, { kind: 'moveTable', from: table, toSchema: `${name}s` }, { kind: 'renameColumn', table, from: name, to: `${name}r` },
    { kind: 'setAside', shape: { ...shape, references: [] }, to: from.name, remake: [] }, { kind: 'copyTable', shape, to: from.name },
    { kind: 'copyRows', from, to: shape, columns }, { kind: 'continueIdentity', from, fromShape: { ...counted, ...from }, to: counted, columns },
    { kind: 'swapTables', tables: [{ old: { shape: { ...shape, references: [] }, aside: from.name }, fresh: { ...shape, name: `${name}n`, references: [] }, to: table }] },
    { kind: 'createIndex', table, index, nullable: [name] }, { kind: 'dropIndex', table, index }, { kind: 'addReference', table, reference }, { kind: 'dropReference', table, reference },
    { kind: 'addKey', table, key, primary: true }, { kind: 'addKey', table, key, primary: false, nullable: [`${name}2`] }, { kind: 'dropKey', table, key, primary: false },
    { kind: 'addCheck', table, check: { name: `${name}c`, expression: '1 = 1' } }, { kind: 'dropCheck', table, check: { name: `${name}c`, expression: '1 = 1' } },
    { kind: 'addColumn', table, column: { ...second, name: `${name}a` } }, { kind: 'dropColumn', table, column: second },
    { kind: 'alterColumn', table, from: second, to: { ...second, nullable: false } }, { kind: 'alterColumn', table, from: second, to: { ...second, default: null } },
    { kind: 'alterColumn', table, from: second, to: { ...second, comment: `${name}k` } }, { kind: 'alterColumn', table, from: second, to: { ...second, type: { kind: 'varchar', length: 80 } } },
    { kind: 'commentTable', table, from: name, to: `${name}k` }, { kind: 'checkReferences', tables: [table] },
  ]
}

/** Every question with a name in every place. */
export function questionsNamed(name: string, can: Capabilities): readonly Question[] {
  const shape = tableNamed(name, can)
  const table = { schema: shape.schema, name }
  const [first = column(name)] = shape.columns
  const columns = shape.columns.map((one) => ({ from: one, to: one }))
  return [
    { kind: 'lossyRows', table, column: { from: first, to: { ...first, type: { kind: 'int16' } } }, key: [name], limit: 3 }, { kind: 'nullRows', table, column: name, key: [`${name}2`], limit: 3 },
    { kind: 'anyRows', table, key: [name], limit: 1 }, { kind: 'countValues', table, column: name }, { kind: 'countRows', table }, { kind: 'digest', table, columns, side: 'from' }, { kind: 'digest', table, columns, side: 'to' },
  ]
}
