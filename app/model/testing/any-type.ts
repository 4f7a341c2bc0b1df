import * as fc from 'fast-check'
import type { DataType, LengthKind, TimeKind } from '../data-type.ts'
import { simpleKinds } from '../type-names.ts'

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
