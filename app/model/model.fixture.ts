import * as fc from 'fast-check'
import { emptyField, emptyTable } from './build.ts'
import type { DataType, LengthKind, TimeKind } from './data-type.ts'
import type { ModelDocument } from './document.ts'
import type { Edit } from './edit.ts'
import type { Id } from './model.ts'
import { nothing, setPrimaryKey, setUnique } from './sheet-edits.ts'
import { simpleKinds } from './type-names.ts'

/** Names that have broken other tools: quotes, terminators, newlines, blanks, reserved words, other scripts, prototype keys, over-long ones. */
export const hostileNames = [
  '__proto__',
  'constructor',
  'toString',
  'select',
  'Order',
  'a"b',
  "a'b",
  'a`b',
  'a]b',
  '[x]',
  'a;--',
  'a,b',
  'a\tb',
  'a\nb',
  'a\r\nb',
  ' lead',
  'trail ',
  'a.b',
  '😀',
  'שלום',
  'é',
  'e\u0301',
  '=1+1',
  '@x',
  '-1',
  '1e5',
  '007',
  'true',
  'NULL',
  '#',
  '%',
  '$x',
  'x'.repeat(200),
  '\u00a0',
  '\ufeff',
  'ID',
  'TABLE_NAME',
  'yes',
] as const

/** Any name a person could give, hostile ones often; never empty, no NUL. */
export const anyName: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(...hostileNames),
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  )
  .filter((name) => !name.includes('\0'))

/** Any text for a comment, expression or default, possibly empty, no NUL. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: anyName },
  { weight: 1, arbitrary: fc.lorem({ maxCount: 4 }) },
)

const size = fc.option(fc.nat({ max: 70_000 }), { nil: null })

/** Any well-formed type, nested up to three deep. */
export const anyType: fc.Arbitrary<DataType> = fc.letrec<{ type: DataType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom(...simpleKinds).map((kind): DataType => ({ kind })),
    fc.record({ kind: fc.constantFrom<LengthKind>('char', 'varchar', 'binary', 'varbinary', 'bit'), length: size }),
    fc.record({ kind: fc.constantFrom<TimeKind>('time', 'timestamp', 'timestamptz'), precision: size }),
    fc.oneof(
      fc.record({
        kind: fc.constant('decimal' as const),
        precision: fc.nat({ max: 1000 }),
        scale: fc.option(fc.integer({ min: -5, max: 40 }), { nil: null }),
      }),
      fc.constant<DataType>({ kind: 'decimal', precision: null, scale: null }),
    ),
    fc.record({ kind: fc.constant('enum' as const), name: fc.option(anyName, { nil: null }), values: fc.array(anyText, { maxLength: 4 }) }),
    fc.record({
      kind: fc.constant('native' as const),
      flavor: fc.constantFrom(null, 'postgres', 'mysql', 'sqlite'),
      text: fc.oneof(anyName, fc.constantFrom('tsvector', 'int32', 'date(3)', 'a b(1)')),
    }),
    fc.record({ kind: fc.constant('array' as const), element: tie('type') }),
    fc.record({ kind: fc.constant('map' as const), key: tie('type'), value: tie('type') }),
    fc.record({
      kind: fc.constant('struct' as const),
      members: fc.array(fc.record({ name: anyName, type: tie('type') }), { maxLength: 3 }),
    }),
  ),
})).type

/** Edits of all kinds over a document, drawn from its present state: `pick(n)` gives a number in [0, n). */
export function randomEdit(document: ModelDocument, pick: (below: number) => number, newId: () => Id, name: string): Edit {
  const table = document.table(document.order[pick(Math.max(1, document.order.length))] ?? '')
  if (table === undefined || pick(12) === 0)
    return { kind: 'table.add', value: { ...emptyTable(newId(), name), fields: [emptyField(newId(), name)] }, at: null }
  const id = table.fields[pick(Math.max(1, table.fields.length))]?.id
  const whole: readonly Edit[] = [
    { kind: 'table.set', table: table.id, set: { name, comment: name } },
    { kind: 'table.move', table: table.id, to: pick(document.order.length) },
    {
      kind: 'field.add',
      table: table.id,
      at: pick(table.fields.length + 1),
      fields: [emptyField(newId(), name), emptyField(newId(), name)],
    },
    { kind: 'check.put', table: table.id, value: { id: newId(), name, expression: name } },
    { kind: 'table.remove', table: table.id },
  ]
  if (id === undefined) return whole[pick(whole.length)] ?? nothing
  const parent = document.table(document.order[pick(document.order.length)] ?? '')
  const plain = { name, onUpdate: 'no action', onDelete: 'cascade', deferrable: 'no' } as const
  const part = { field: id, expression: '', order: 'asc', nulls: '' } as const
  const edits: readonly Edit[] = [
    ...whole,
    {
      kind: 'field.set',
      table: table.id,
      changes: [
        { field: id, set: { name } },
        { field: id, set: { type: { kind: 'int32' }, comment: name } },
      ],
    },
    { kind: 'field.move', table: table.id, fields: [id], to: pick(table.fields.length) },
    { kind: 'field.remove', table: table.id, fields: [id] },
    setPrimaryKey(table, id, pick(3) === 0 ? null : 1 + pick(3), newId),
    setUnique(table, id, [true, false, name][pick(3)] ?? true, newId),
    {
      kind: 'reference.put',
      table: table.id,
      value: { id: newId(), ...plain, fields: [id], target: { kind: 'id', table: parent?.id ?? '', fields: [] } },
    },
    {
      kind: 'index.put',
      table: table.id,
      value: { id: newId(), name, unique: false, method: '', parts: [part], include: [], predicate: '' },
    },
    {
      kind: 'batch',
      edits: [
        { kind: 'table.set', table: table.id, set: { comment: 'batch' } },
        { kind: 'field.set', table: table.id, changes: [{ field: id, set: { name } }] },
      ],
    },
  ]
  return edits[pick(edits.length)] ?? nothing
}
