import type { DataType } from '../../../app/model/data-type.ts'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import type { Connection } from '../../flavor.ts'

const simple = (kind: string): DataType => ({ kind }) as DataType
const decimal = (precision: number | null, scale: number | null): DataType => ({ kind: 'decimal', precision, scale })
const texts = [
  '',
  ' ',
  'abc',
  'abcdef',
  'abc  ',
  '1',
  '007',
  ' 12',
  '12.5',
  '-3',
  '1e3',
  'NaN',
  'infinity',
  '99999999999',
  'true',
  't',
  'no',
  '2020-02-29',
  '2020-02-30',
  '0000-01-01',
  '2020-01-01 10:00:00',
  '2020-01-01 25:00:00',
  '2020-01-01 10:00:00+00',
  '10:00:00',
  '24:00:00',
  '10:61:00',
  'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
  'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
  String.raw`\x00ff`,
  String.raw`\x0`,
  '{"a": 1}',
  '{"a":1}',
  '{"a":[1,2,{"b":null}]}',
  '[1,',
  '{"a"}',
  '"s"',
  's',
  '$',
  '[]',
  '01',
  '1 2',
  'truefalse',
  '{a}',
  '{1,2}',
  '1.2.3.4',
  '256.1.1.1',
  '101',
  'P1D',
  '🙂',
  "it's",
  '\\',
  '2 days',
]

/** Types with values that are easy and hard, as text. */
export const samples: readonly (readonly [DataType, readonly string[]])[] = [
  [simple('bool'), ['true', 'false']],
  [simple('int16'), ['0', '1', '-32768', '32767', '12345']],
  [simple('int32'), ['0', '1', '-1', '2', '32768', '16777217', '2147483647', '-2147483648']],
  [simple('int64'), ['0', '1', '2147483648', '9007199254740993', '9223372036854775807', '-9223372036854775808']],
  [decimal(10, 2), ['0', '1', '1.50', '1.25', '-0.01', '99999999.99', 'NaN']],
  [decimal(20, 0), ['0', '18446744073709551615', '-1']],
  [decimal(null, null), ['0', '1', '1.500', '1e400', '1e-400', 'NaN', '0.1', '123456789012345678901234567890.5', '32767.4', '1e20']],
  [simple('float32'), ['0', '-0', '1.5', '0.1', '16777216', '3e38', '1e-45', 'NaN', 'Infinity', '-Infinity']],
  [
    simple('float64'),
    ['0', '-0', '1', '0.1', '1e15', '1e300', '5e-324', '9007199254740992', 'NaN', 'Infinity', '-Infinity', '99999999.99'],
  ],
  [simple('text'), texts],
  [{ kind: 'varchar', length: 40 }, texts.filter((text) => text.length <= 40)],
  [{ kind: 'varchar', length: 3 }, ['', 'abc', 'ab ', '1', '🙂']],
  [{ kind: 'char', length: 5 }, ['', 'abc', '1', '12345', 'true']],
  [simple('blob'), [String.raw`\x`, String.raw`\x00ff`]],
  [simple('date'), ['2020-02-29', '0001-01-01', '9999-12-31', 'infinity', '-infinity', '0044-03-15 BC', '5874897-12-31'].slice(0, 6)],
  [{ kind: 'time', precision: null }, ['00:00:00', '24:00:00', '10:11:12.123456']],
  [{ kind: 'timestamp', precision: null }, ['2020-02-29 00:00:00', '2020-02-29 10:11:12.123456', 'infinity', '0044-03-15 00:00:00 BC']],
  [{ kind: 'timestamp', precision: 3 }, ['2020-02-29 10:11:12.123']],
  [{ kind: 'timestamptz', precision: null }, ['2020-02-29 00:00:00+00', '2020-02-29 10:11:12.123456+02', '-infinity']],
  [simple('uuid'), ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']],
  [simple('json'), ['{}', '{"a": [1, 2.50, null]}', '"text"', '1']],
  [{ kind: 'native', flavor: 'postgres', text: 'json' }, ['{}', '{"a":1,"a":2}', '{"a": 1}', '1e2']],
  [{ kind: 'enum', name: 'mood', values: ['1', 'abc', 'true'] }, ['1', 'abc', 'true']],
  [{ kind: 'enum', name: 'mood2', values: ['abc', 'new'] }, ['abc', 'new']],
  [{ kind: 'array', element: simple('int32') }, ['{}', '{1,2}', '{NULL}', '[2:3]={1,2}']],
  [{ kind: 'array', element: simple('text') }, ['{}', '{a,b}', '{1}', '{"a,b"}']],
  [{ kind: 'bit', length: 3 }, ['101', '000']],
  [{ kind: 'bit', length: 8 }, ['10100000', '00000001']],
  [simple('inet'), ['1.2.3.4', '10.0.0.0/8', '::1']],
  [simple('interval'), ['1 day', '02:00:00']],
]

const column = (name: string, type: DataType): ColumnShape => ({
  name,
  type,
  nullable: true,
  default: null,
  identity: null,
  generated: null,
  comment: '',
  collation: '',
})
const table = (name: string, type: DataType): TableShape => ({
  schema: '',
  name,
  comment: '',
  columns: [column('id', simple('int32')), column('v', type)],
  primaryKey: null,
  uniques: [],
  checks: [],
  references: [],
  indexes: [],
  options: {},
})

/** What came of casting every sample of one type to another. Ids are places among the values. */
export interface CastReport {
  readonly risk: string
  /** Rows named by the question. */
  readonly reported: readonly string[]
  /** Rows of which the server itself says that they change or fail. */
  readonly lost: readonly string[]
  /** Why the copy of the others failed or differed; '' when it is exact. */
  readonly problem: string
}

/** Asks the dialect and the server the same about one pair of types. Everything is rolled back. */
export async function tryCast(connection: Connection, from: DataType, values: readonly string[], to: DataType): Promise<CastReport> {
  const { dialect } = connection
  const [old, next] = [table('old_t', from), table('new_t', to)]
  const risk = dialect.castRisk(from, to)
  const pair = { from: column('v', from), to: column('v', to) }
  const run = async (texts: readonly { readonly text: string }[]) => {
    for (const { text } of texts) await connection.execute(text)
  }
  await connection.execute('BEGIN')
  try {
    await run([
      ...dialect.statements({ kind: 'createTable', shape: old, references: false }),
      ...dialect.statements({ kind: 'createTable', shape: next, references: false }),
    ])
    for (const [i, value] of values.entries()) await connection.execute('INSERT INTO old_t VALUES ($1, $2)', [String(i), value])
    const asked = await connection.query(dialect.question({ kind: 'lossyRows', table: old, column: pair, key: ['id'], limit: 1000 }))
    const reported = asked.rows.map(([id]) => id ?? '').toSorted((a, b) => Number(a) - Number(b))
    const columns = [{ from: column('id', simple('int32')), to: column('id', simple('int32')) }, pair]
    const copy = dialect.statements({ kind: 'copyRows', from: old, to: next, columns })
    const lost =
      risk === 'impossible'
        ? []
        : await lostRows(
            connection,
            copy.map(({ text }) => text),
            values.length,
            sameValue(from, to),
          )
    let problem = ''
    if (risk !== 'impossible')
      problem = await copyOthers(connection, {
        reported,
        copy,
        digests: (['from', 'to'] as const).map((side) =>
          dialect.question({ kind: 'digest', table: side === 'from' ? old : next, columns, side }),
        ),
      })
    return { risk, reported, lost, problem }
  } finally {
    await connection.execute('ROLLBACK')
  }
}

const numeric: ReadonlySet<string> = new Set(['int16', 'int32', 'int64', 'decimal', 'float32', 'float64'])
const native: Readonly<Record<string, string>> = {
  int16: 'smallint',
  int32: 'integer',
  int64: 'bigint',
  decimal: 'numeric',
  float32: 'real',
  float64: 'double precision',
  date: 'date',
  timestamp: 'timestamp',
  timestamptz: 'timestamptz',
}

/** The server's own test that `n.v` still says what `o.v` said: back as a number or point in time, and for the rest the same text. */
function sameValue(from: DataType, to: DataType): string {
  const isBool = from.kind === 'bool' || to.kind === 'bool'
  if (isBool && (numeric.has(from.kind) || numeric.has(to.kind))) return 'n.v::integer = o.v::integer'
  const type = native[from.kind]
  const isBack = type !== undefined && native[to.kind] !== undefined && numeric.has(from.kind) === numeric.has(to.kind)
  return isBack ? `n.v::${to.kind.startsWith('float') && from.kind === 'decimal' ? 'text::' : ''}${type} = o.v` : 'n.v::text = o.v::text'
}

/** Each row alone through the copy and back by the server's plain cast: an error or another text is a loss. */
async function lostRows(connection: Connection, copy: readonly string[], count: number, equality: string): Promise<readonly string[]> {
  const lost: string[] = []
  for (let id = 0; id < count; id++) {
    await connection.execute('SAVEPOINT one')
    try {
      await connection.execute('DELETE FROM old_t WHERE id <> $1', [String(id)])
      for (const text of copy) await connection.execute(text)
      const [row] = (await connection.query(`SELECT ${equality} FROM old_t o, new_t n`)).rows
      if (row?.[0] !== 't') lost.push(String(id))
    } catch {
      lost.push(String(id))
    }
    await connection.execute('ROLLBACK TO one')
  }
  return lost
}

async function copyOthers(
  connection: Connection,
  work: { readonly reported: readonly string[]; readonly copy: readonly { readonly text: string }[]; readonly digests: readonly string[] },
): Promise<string> {
  await connection.execute('SAVEPOINT rest')
  try {
    for (const id of work.reported) await connection.execute('DELETE FROM old_t WHERE id = $1', [id])
    for (const { text } of work.copy) await connection.execute(text)
    const answers: string[] = []
    for (const text of work.digests) answers.push(JSON.stringify((await connection.query(text)).rows))
    return answers[0] === answers[1] ? '' : `digests differ: ${answers.join(' and ')}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await connection.execute('ROLLBACK TO rest')
  }
}
