import type { DataType, LengthKind, SimpleKind, TimeKind } from './data-type.ts'

/** The flavor whose words a spelling is read in; null where nobody knows: the logical names win. */
export type TypeHint = 'postgres' | 'mysql' | 'mssql' | 'sqlite' | null

/** What a type's name means before its parameters are looked at. `width`: a number in parentheses that means nothing (MySQL display width). */
export type TypeName =
  | { readonly form: 'simple'; readonly kind: SimpleKind; readonly width?: true }
  | { readonly form: 'length'; readonly kind: LengthKind; readonly max?: SimpleKind }
  | { readonly form: 'time'; readonly kind: TimeKind; readonly precision?: number }
  | { readonly form: 'decimal' }
  | { readonly form: 'float' }
  | { readonly form: 'native'; readonly flavor: string | null }

/** Every logical name that stands alone. */
export const simpleKinds: readonly SimpleKind[] = [
  ...(['bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float32', 'float64'] as const),
  ...(['text', 'blob', 'date', 'interval', 'uuid', 'json', 'xml', 'inet', 'geometry'] as const),
]

const simple = (kind: SimpleKind): TypeName => ({ form: 'simple', kind })
const integer = (kind: SimpleKind): TypeName => ({ form: 'simple', kind, width: true })
const sized = (kind: LengthKind, max?: SimpleKind): TypeName =>
  max === undefined ? { form: 'length', kind } : { form: 'length', kind, max }
const time = (kind: TimeKind, precision?: number): TypeName =>
  precision === undefined ? { form: 'time', kind } : { form: 'time', kind, precision }
const native = (flavor: string | null): TypeName => ({ form: 'native', flavor })
const all = (name: TypeName, ...words: readonly string[]): readonly [string, TypeName][] => words.map((word) => [word, name])

/** Lower-case spelling, words joined by one blank -> meaning, where no flavor is known. */
const common = new Map<string, TypeName>([
  ...simpleKinds.flatMap((kind) => all(simple(kind), kind)),
  ...all(simple('bool'), 'boolean'),
  ...all(integer('int8'), 'tinyint', 'tinyint signed'),
  ...all(integer('int16'), 'smallint', 'int2', 'smallserial', 'serial2', 'smallint signed'),
  ...all(integer('int32'), 'int', 'integer', 'int4', 'serial', 'serial4', 'int signed', 'integer signed'),
  ...all(integer('int64'), 'bigint', 'bigserial', 'serial8', 'bigint signed', 'long'),
  ...all(integer('uint8'), 'tinyint unsigned'),
  ...all(integer('uint16'), 'smallint unsigned'),
  ...all(integer('uint32'), 'int unsigned', 'integer unsigned'),
  ...all(integer('uint64'), 'bigint unsigned'),
  ...all(simple('float32'), 'real', 'float4'),
  ...all(simple('float64'), 'double', 'double precision', 'float8'),
  ...all({ form: 'float' }, 'float'),
  ...all({ form: 'decimal' }, 'decimal', 'numeric', 'dec', 'fixed', 'number'),
  ...all(sized('char', 'text'), 'char', 'character', 'nchar', 'bpchar', 'national char', 'national character'),
  ...all(sized('varchar', 'text'), 'varchar', 'character varying', 'char varying', 'nvarchar', 'varchar2', 'nvarchar2'),
  ...all(sized('varchar', 'text'), 'national varchar', 'national char varying', 'national character varying'),
  ...all(simple('text'), 'string', 'clob', 'nclob', 'tinytext', 'mediumtext', 'longtext', 'ntext'),
  ...all(sized('binary'), 'binary'),
  ...all(sized('varbinary', 'blob'), 'varbinary', 'binary varying'),
  ...all(simple('blob'), 'bytea', 'tinyblob', 'mediumblob', 'longblob', 'image', 'bytes', 'binary large object'),
  ...all(sized('bit'), 'bit'),
  ...all(time('time'), 'time', 'time without time zone'),
  ...all(time('timestamp'), 'timestamp', 'timestamp without time zone', 'datetime', 'datetime2'),
  ...all(time('timestamptz'), 'timestamptz', 'timestamp with time zone', 'timestamp with local time zone', 'datetimeoffset'),
  ...all(simple('uuid'), 'uniqueidentifier', 'guid'),
  ...all(simple('json'), 'jsonb'),
  ...all(simple('inet'), 'inet6'),
  ...all(
    native('postgres'),
    'tsvector',
    'tsquery',
    'ltree',
    'lquery',
    'hstore',
    'cidr',
    'macaddr',
    'macaddr8',
    'oid',
    'xid',
    'xid8',
    'cid',
    'tid',
    'name',
  ),
  ...all(
    native('postgres'),
    'pg_lsn',
    'pg_snapshot',
    'regclass',
    'regproc',
    'regtype',
    'citext',
    'jsonpath',
    'varbit',
    'bit varying',
    'timetz',
  ),
  ...all(native('postgres'), 'int4range', 'int8range', 'numrange', 'tsrange', 'tstzrange', 'daterange', 'time with time zone'),
  ...all(native('postgres'), 'int4multirange', 'int8multirange', 'nummultirange', 'tsmultirange', 'tstzmultirange', 'datemultirange'),
  ...all(native('postgres'), 'box', 'circle', 'line', 'lseg', 'path'),
  ...all(native('mssql'), 'hierarchyid', 'sql_variant', 'rowversion', 'smalldatetime', 'smallmoney', 'sysname'),
  ...all(
    native('mysql'),
    'mediumint',
    'mediumint unsigned',
    'year',
    'inet4',
    'linestring',
    'multipoint',
    'multilinestring',
    'multipolygon',
  ),
  ...all(native('mysql'), 'geometrycollection'),
  ...all(native(null), 'money', 'vector', 'point', 'polygon', 'geography'),
])

/** Where a flavor means something else by a word. Source: flavor facts, section "Types" and "Same thing, other spelling". */
const own: Readonly<Record<Exclude<TypeHint, null>, ReadonlyMap<string, TypeName>>> = {
  postgres: new Map([
    ...all(integer('int64'), 'int8'),
    ...all(native('postgres'), 'json', 'money', 'vector', 'point', 'polygon', 'geography'),
  ]),
  mysql: new Map([
    ...all(simple('float64'), 'real'),
    ...all(time('timestamptz'), 'timestamp'),
    ...all(integer('uint64'), 'serial'),
    ...all(native('mysql'), 'vector', 'point', 'polygon'),
  ]),
  mssql: new Map([
    ...all(simple('uint8'), 'tinyint'),
    ...all(simple('bool'), 'bit'),
    ...all(time('timestamp', 3), 'datetime'),
    ...all(native('mssql'), 'timestamp', 'text', 'ntext', 'image', 'money', 'vector', 'geography'),
  ]),
  sqlite: new Map(all(simple('float64'), 'real')),
}

/** The meaning of a type's name (lower-case, words joined by one blank); undefined when nobody knows it. */
export const typeNameOf = (name: string, hint: TypeHint): TypeName | undefined =>
  (hint === null ? undefined : own[hint].get(name)) ?? common.get(name)

/** Names offered to a person who types a type, logical spellings only. */
export const offeredTypes: readonly string[] = [
  ...simpleKinds,
  'decimal(10,2)',
  'char(10)',
  'varchar(50)',
  'binary(16)',
  'varbinary(50)',
  'bit(8)',
  'time',
  'timestamp',
  'timestamp with time zone',
  "enum('a','b')",
  'array(int32)',
  'map(text,int32)',
  'struct(a int32,b text)',
]

/** The floating type that holds `float(precision)`, precision in bits; without one, what the flavor takes it for. */
export const floatOf = (precision: number | null, hint: TypeHint): DataType =>
  precision === null ? { kind: hint === 'mysql' ? 'float32' : 'float64' } : { kind: precision <= 24 ? 'float32' : 'float64' }
