import type { DataType } from '../../../app/model/data-type.ts'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import type { CopyColumn, Dialect } from '../../flavor.ts'

const native = (text: string): DataType => ({ kind: 'native', flavor: 'mysql', text })
const moment = (kind: 'time' | 'timestamp' | 'timestamptz', precision: number): DataType => ({ kind, precision })
const sized = (kind: 'char' | 'varchar' | 'binary' | 'varbinary' | 'bit', length: number): DataType => ({ kind, length })
const decimal = (precision: number, scale: number): DataType => ({ kind: 'decimal', precision, scale })
const oneOf = (...values: readonly string[]): DataType => ({ kind: 'enum', name: null, values })
const uuid = "'123e4567-e89b-12d3-a456-426614174000'"

/** A type of each family and size, with values at its ends and such as other types would take, as SQL. */
export const samples: readonly (readonly [DataType, readonly string[]])[] = [
  [{ kind: 'bool' }, ['0', '1']],
  [{ kind: 'int8' }, ['-128', '127', '5']],
  [{ kind: 'uint8' }, ['255', '7']],
  [{ kind: 'int16' }, ['-32768', '2020', '3']],
  [native('mediumint'), ['-8388608', '8388607']],
  [native('mediumint unsigned'), ['16777215', '2']],
  [{ kind: 'int32' }, ['-2147483648', '2147483647', '16777217', '1999']],
  [{ kind: 'uint32' }, ['4294967295', '8']],
  [{ kind: 'int64' }, ['-9223372036854775808', '9223372036854775807', '9007199254740993', '4']],
  [{ kind: 'uint64' }, ['18446744073709551615', '9223372036854775808', '6']],
  [native('int(5) unsigned zerofill'), ['42', '4294967295']],
  [decimal(10, 2), ['-12345678.99', '99999999.99', '1.50', '2']],
  [decimal(65, 30), ['12345678901234567890.123456789012345678901234567890', '-1', '0.1']],
  [decimal(20, 0), ['18446744073709551616', '1']],
  [native('decimal(10,2) unsigned'), ['99999999.99', '0', '3.5']],
  [{ kind: 'float32' }, ['0.1', '16777216', '3.4e38', '-2.5', '7']],
  [{ kind: 'float64' }, ['0.1', '9007199254740993', '1e308', '-3.5', '1e19', '0.30000000000000004']],
  [{ kind: 'text' }, ["''", "'abc'", "'12'", "'-5'", "'007'", "'1.5'", "'1e3'", "'true'", "'ok'", "'OK'", "'2020-01-31'", "'2020-01-31 10:20:30'", "'2020-01-31 10:20:30.5'", "'10:20:30'", "'2020-13-41'", `'{"a":1}'`, "'a '", "'é😀'", "'0101'", uuid, "'::1'", "'a,b'", "repeat('x',300)", "'99'", "'18446744073709551616'", "repeat('9',80)", "'-0'", "' 5'", "'100.00'"]],
  [sized('varchar', 5), ["'abcde'", "'12'", "'ok'", "''"]],
  [sized('varchar', 40), [uuid, "'2020-01-31'", "'é'"]],
  [sized('char', 4), ["'ab'", "'0101'", "'2020'"]],
  [sized('char', 36), [uuid, "'x'"]],
  [{ kind: 'blob' }, ["x''", "x'ff41'", "'abc'", "x'00'", "x'123e4567e89b12d3a456426614174000'"]],
  [sized('varbinary', 16), ["x'123e4567e89b12d3a456426614174000'", "'a'"]],
  [sized('binary', 16), ["x'123e4567e89b12d3a456426614174000'"]],
  [sized('binary', 4), ["'abcd'", "x'00000000'"]],
  [sized('bit', 8), ["b'0'", "b'11111111'", "b'101'"]],
  [sized('bit', 64), [`b'${'1'.repeat(64)}'`, "b'1'"]],
  [{ kind: 'date' }, ["'2020-01-31'", "'1900-01-01'", "'9999-12-31'"]],
  [moment('time', 0), ["'10:20:30'", "'-838:59:59'"]],
  [moment('time', 6), ["'10:20:30.123456'", "'10:20:30'"]],
  [moment('timestamp', 0), ["'2020-01-31 10:20:30'", "'2020-01-31 00:00:00'", "'1000-01-01 00:00:00'"]],
  [moment('timestamp', 6), ["'2020-01-31 10:20:30.999999'", "'9999-12-31 23:59:59'"]],
  [moment('timestamptz', 0), ["'2020-01-31 10:20:30'", "'1970-01-01 00:00:01'"]],
  [moment('timestamptz', 6), ["'2020-01-31 10:20:30.5'", "'2038-01-19 03:14:07.999999'"]],
  [oneOf('ok', 'sad', '12'), ["'ok'", "'12'"]],
  [oneOf('sad', 'ok', '12', 'new'), ["'new'", "'sad'"]],
  [native("set('a','b')"), ["'a,b'", "'b'", "''"]],
  [native("set('b','a','c')"), ["'a,c'", "'a'"]],
  [{ kind: 'json' }, [`'{"a":1}'`, "'[1, 2]'", "'12'"]],
  [{ kind: 'uuid' }, [uuid]],
  [native('inet4'), ["'1.2.3.4'"]],
  [native('inet6'), ["'::1'", "'::ffff:1.2.3.4'"]],
  [native('year'), ['2020', '0', '1901']],
  [{ kind: 'geometry' }, ['point(1,2)', "st_geomfromtext('LINESTRING(0 0,1 1)')"]],
  [native('point'), ['point(1,2)']],
]

const column = (name: string, type: DataType): ColumnShape => ({ name, type, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '' })
const id = column('id', { kind: 'int32' })
const table = (name: string, type: DataType): TableShape => ({ schema: '', name, comment: '', columns: [id, column('v', type)], primaryKey: null, uniques: [], checks: [], references: [], indexes: [], options: {} })
const named = (name: string) => ({ schema: '', name })

/** Runs a text and gives its rows as texts. */
export type Run = (text: string) => Promise<readonly (readonly (string | null)[])[]>

/** What a pair of types does not keep its word in, on a server; [] when it does: a row that is not reported comes through, and is measured alike on both sides. */
export async function complaintsOf(run: Run, dialect: Dialect, [from, values]: (typeof samples)[number], to: DataType): Promise<readonly string[]> {
  const risk = dialect.castRisk(from, to)
  const name = `${dialect.types.toNative(from).text} to ${dialect.types.toNative(to).text}, ${risk}`
  if (risk === 'impossible' || risk === 'same') return []
  const [old, next] = [column('v', from), column('v', to)]
  const columns: readonly CopyColumn[] = [{ to: id, from: id }, { to: next, from: old }]
  const make = async (shape: TableShape) => {
    await run(`DROP TABLE IF EXISTS ${shape.name}`)
    for (const { text } of dialect.statements({ kind: 'createTable', shape, references: false })) await run(text)
  }
  const copy = async (source: string, target: TableShape, pairs: readonly CopyColumn[]) => {
    for (const { text } of dialect.statements({ kind: 'copyRows', from: named(source), to: target, columns: pairs })) await run(text)
  }
  const digest = async (source: string, pairs: readonly CopyColumn[], side: 'from' | 'to') => JSON.stringify(await run(dialect.question({ kind: 'digest', table: named(source), columns: pairs, side })))
  await make(table('f', from))
  await run(`INSERT INTO f VALUES ${[...values, 'NULL'].map((value, at) => `(${at}, ${value})`).join(', ')}`)
  const lost = await run(dialect.question({ kind: 'lossyRows', table: named('f'), column: { from: old, to: next }, key: ['id'], limit: 999 }))
  if (risk === 'exact' && lost.length > 0) return [`${name}: rows are reported as lossy`]
  if (lost.length > 0) await run(`DELETE FROM f WHERE id IN (${lost.map(([key]) => key).join(', ')})`)
  await make(table('g', to))
  try {
    await copy('f', table('g', to), columns)
  } catch (error) {
    return [`${name}: a row that survives is refused: ${String(error)}`]
  }
  const [before, after] = [await digest('f', columns, 'from'), await digest('g', columns, 'to')]
  if (before !== after) return [`${name}: ${before} became ${after}`]
  if (risk !== 'exact' || dialect.castRisk(to, from) === 'impossible') return []
  await make(table('h', from))
  await copy('g', table('h', from), [{ to: id, from: id }, { to: old, from: next }])
  const plain = [{ to: id, from: id }, { to: old, from: old }]
  return (await digest('h', plain, 'to')) === (await digest('f', plain, 'to')) ? [] : [`${name}: not the same on the way back`]
}
