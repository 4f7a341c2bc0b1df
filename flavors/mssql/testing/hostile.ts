import { hostileNames as common } from '../../../app/model/testing/any-type.ts'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import type { Operation, Question } from '../../flavor.ts'

/** Names that break careless quoting in Transact-SQL, and those at the limit in UTF-16 units. */
export const hostileNames: readonly string[] = [
  ...common.filter((name) => name.length <= 100 && !name.endsWith(' ') && !name.startsWith('#')),
  ']', ']]', '[', '[[', 'a]]b', '].[x', ']; DROP TABLE bystander; --', "'; DROP TABLE bystander; --", "N'x'", '"', '""', 'x/*y', '*/', '--', 'back\\slash', '\\', 'a$(b)', 'GO', 'a\nGO', 'sp_', '\u0001', '\u007f', '\u202Eright to left',
  '日本語', '🙂👩‍👩‍👧', 'x'.repeat(127), '🙂'.repeat(63), `${'x'.repeat(126)}]`,
]

/** Names that cannot be kept. */
export const impossibleNames: readonly string[] = ['', 'nul\0inside', 'half \uD83D', 'x'.repeat(129), '🙂'.repeat(65), 'trailing ', ' ', 'a\\\nb', 'a\nGO\nb', 'a\r\n go 3 \r\nb']

const column = (name: string, more: Partial<ColumnShape> = {}): ColumnShape => ({ name, type: { kind: 'int32' }, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', ...more })

/** The name of a part: the hostile name with a letter behind or instead of its first sign, so that it stays within the limit. */
export const suffixed = (name: string) => (letter: string): string => (name.length < 127 ? `${name}_${letter}` : letter + name.slice((name.codePointAt(0) ?? 0) > 0xffff ? 2 : 1))

/** A table that has `name` in every place where a name or a text can be. */
export function tableNamed(name: string): TableShape {
  const part = suffixed(name)
  const quoted = `[${name.replaceAll(']', ']]')}]`
  const text = `'${name.replaceAll("'", "''")}'`
  return {
    schema: name,
    name,
    comment: name,
    columns: [
      column(name, { nullable: false, identity: 'default', comment: name }),
      column('label', { type: { kind: 'varchar', length: 200 }, default: text, comment: name, collation: 'Latin1_General_BIN2' }),
      column('choice', { type: { kind: 'enum', name: null, values: [name, 'other'] }, default: text }),
      column('twice', { generated: { expression: `${quoted} * 2`, stored: true } }),
    ],
    primaryKey: { name: part('p'), columns: [name] },
    uniques: [{ name: part('u'), columns: ['label', name] }, { name: part('v'), columns: [name] }],
    checks: [{ name: part('c'), expression: `${quoted} > 0` }],
    references: [{ name: part('f'), columns: [name], parent: { schema: name, name }, parentColumns: [name], onUpdate: 'no action', onDelete: 'no action', deferrable: 'no' }],
    indexes: [{ name: part('i'), unique: false, method: '', parts: [{ column: name, expression: '', order: 'desc', nulls: '' }], include: ['label'], predicate: `${quoted} > 5` }],
    options: {},
  }
}

/** Every operation on a table with a hostile name in every place. */
export function operationsNamed(name: string): readonly Operation[] {
  const shape = tableNamed(name)
  const table = { schema: name, name }
  const columns = shape.columns.map((one) => ({ from: one, to: one }))
  const [first, second, third] = shape.columns
  return [
    { kind: 'begin', tables: [table] }, { kind: 'commit' }, { kind: 'createSchema', schema: name }, { kind: 'createTable', shape, references: true }, { kind: 'dropTable', shape },
    { kind: 'renameTable', from: table, to: name }, { kind: 'moveTable', from: table, toSchema: name }, { kind: 'renameColumn', table, from: name, to: name },
    { kind: 'setAside', shape, to: name, remake: [] }, { kind: 'copyTable', shape, to: name }, { kind: 'copyRows', from: table, to: shape, columns },
    { kind: 'continueIdentity', from: table, fromShape: shape, to: shape, columns }, { kind: 'commentTable', table, from: name, to: name }, { kind: 'checkReferences', tables: [table] },
    ...shape.indexes.flatMap((index): readonly Operation[] => [{ kind: 'createIndex', table, index }, { kind: 'dropIndex', table, index }]),
    ...shape.references.flatMap((reference): readonly Operation[] => [{ kind: 'addReference', table, reference }, { kind: 'dropReference', table, reference }]),
    ...shape.uniques.flatMap((key): readonly Operation[] => [{ kind: 'addKey', table, key, primary: true }, { kind: 'dropKey', table, key, primary: false, nullable: [name] }]),
    ...shape.checks.flatMap((check): readonly Operation[] => [{ kind: 'addCheck', table, check }, { kind: 'dropCheck', table, check }]),
    ...[first, second, third].flatMap((one): readonly Operation[] => (one === undefined ? [] : [{ kind: 'addColumn', table, column: one }, { kind: 'dropColumn', table, column: one }])),
    ...(second === undefined ? [] : [{ kind: 'alterColumn', table, from: second, to: { ...second, type: { kind: 'text' }, nullable: false, comment: 'x' } } as const]),
  ]
}

/** Every question about such a table. */
export function questionsNamed(name: string): readonly Question[] {
  const shape = tableNamed(name)
  const table = { schema: name, name }
  const columns = shape.columns.map((one) => ({ from: one, to: one }))
  const [first] = shape.columns
  return [
    ...(first === undefined ? [] : [{ kind: 'lossyRows', table, column: { from: first, to: { ...first, type: { kind: 'int8' } } }, key: [name], limit: 3 } as const]),
    { kind: 'nullRows', table, column: name, key: [name], limit: 3 }, { kind: 'anyRows', table, key: [name], limit: 1 }, { kind: 'countValues', table, column: name }, { kind: 'countRows', table },
    { kind: 'digest', table, columns, side: 'from' },
  ]
}
