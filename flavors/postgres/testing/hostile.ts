import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'

/** Names that break careless quoting, and those at and over the limit in bytes. */
export const hostileNames: readonly string[] = [
  'select',
  'SELECT',
  'Mixed Case',
  ' leading',
  'trailing ',
  ' ',
  'a"b',
  '"',
  '""',
  "a'b",
  "''",
  'a`b',
  'a]b',
  '[x]',
  'a;b',
  "'; DROP TABLE bystander; --",
  '"; DROP TABLE bystander; --',
  'x/*y',
  '*/',
  '--',
  'line\nbreak',
  'carriage\rreturn',
  'tab\there',
  'back\\slash',
  '\\',
  '%s',
  '$1',
  '$$',
  '$b1$',
  '${x}',
  '?',
  ':name',
  '::text',
  'a.b',
  '.',
  'ünïcödé',
  'e\u0301',
  '日本語',
  '🙂👩‍👩‍👧',
  'שלום',
  '\u202Eright to left',
  '\u0001',
  '\u007f',
  'NULL',
  'true',
  '1',
  '1e5',
  '-',
  'constructor',
  '__proto__',
  'x'.repeat(62),
  'x'.repeat(63),
  'ä'.repeat(31),
  '🙂'.repeat(15),
]

/** Names that cannot be kept. */
export const impossibleNames: readonly string[] = [
  '',
  'nul\0inside',
  'x'.repeat(64),
  'ä'.repeat(32),
  '🙂'.repeat(16),
  'half \uD83D',
  'x'.repeat(200),
]

const column = (name: string, more: Partial<ColumnShape> = {}): ColumnShape => ({
  name,
  type: { kind: 'int32' },
  nullable: true,
  default: null,
  identity: null,
  generated: null,
  comment: '',
  collation: '',
  ...more,
})

/** A table that has `name` in every place where a name or a text can be. */
export function tableNamed(name: string, partName: (suffix: string) => string): TableShape {
  const quoted = `"${name.replaceAll('"', '""')}"`
  const text = `'${name.replaceAll("'", "''")}'`
  return {
    schema: name,
    name,
    comment: name,
    columns: [
      column(name, { nullable: false, identity: 'default', comment: name }),
      column('label', { type: { kind: 'text' }, default: text, comment: name }),
      column('choice', { type: { kind: 'enum', name: partName('e'), values: [name, 'other'] }, default: text }),
      column('owned', { type: { kind: 'enum', name: null, values: [name] } }),
      column('twice', { generated: { expression: `${quoted} * 2`, stored: true } }),
    ],
    primaryKey: { name: partName('p'), columns: [name] },
    uniques: [{ name: partName('u'), columns: ['label', name] }],
    checks: [{ name: partName('c'), expression: `${quoted} > 0 AND label <> ${text}` }],
    references: [
      {
        name: partName('f'),
        columns: [name],
        parent: { schema: name, name },
        parentColumns: [name],
        onUpdate: 'no action',
        onDelete: 'cascade',
        deferrable: 'no',
      },
    ],
    indexes: [
      {
        name: partName('i'),
        unique: false,
        method: '',
        parts: [
          { column: name, expression: '', order: 'desc', nulls: '' },
          { column: null, expression: `${quoted} + 1`, order: 'asc', nulls: '' },
        ],
        include: ['label'],
        predicate: `${quoted} > 5`,
      },
    ],
    options: {},
  }
}

/** The name of a part: the hostile name with a letter behind it, as long as it fits. */
export const suffixed =
  (name: string) =>
  (letter: string): string =>
    new TextEncoder().encode(name).length < 63 ? name + letter : letter + name.slice((name.codePointAt(0) ?? 0) > 0xffff ? 2 : 1)
