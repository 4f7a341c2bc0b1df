import type { SimpleKind } from '../../../app/model/data-type.ts'

/** Logical kind by native name, every synonym folded (`pg_type` names, SQL names, serial). */
export const simpleNames: Readonly<Record<string, SimpleKind>> = {
  boolean: 'bool',
  bool: 'bool',
  smallint: 'int16',
  int2: 'int16',
  smallserial: 'int16',
  serial2: 'int16',
  integer: 'int32',
  int: 'int32',
  int4: 'int32',
  serial: 'int32',
  serial4: 'int32',
  bigint: 'int64',
  int8: 'int64',
  bigserial: 'int64',
  serial8: 'int64',
  real: 'float32',
  float4: 'float32',
  'double precision': 'float64',
  float8: 'float64',
  text: 'text',
  bytea: 'blob',
  date: 'date',
  interval: 'interval',
  uuid: 'uuid',
  jsonb: 'json',
  xml: 'xml',
  inet: 'inet',
  geometry: 'geometry',
}

/** Built-in types without a logical twin: kept verbatim. */
const others =
  'json money cidr macaddr macaddr8 tsvector tsquery oid name regclass regproc regtype "char" point line lseg box path polygon circle jsonpath pg_lsn xid xid8 ' +
  'txid_snapshot pg_snapshot int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange ' +
  'datemultirange citext hstore ltree geography timetz bit varbit bpchar numeric'
const known: ReadonlySet<string> = new Set(others.split(' '))

/** Whether a spelling begins with a type name that PostgreSQL or a common extension has. */
export function isKnownType(text: string): boolean {
  const head = text
    .trim()
    .toLowerCase()
    .replace(/(\s*\[\s*\d*\s*\])+$/, '')
    .replace(/\s*\([^)]*\)/, '')
    .replace(/^pg_catalog\./, '')
  // Of the types with a logical twin only these take numbers that mean something.
  const isSized = /\(/.test(text) && head !== 'interval' && head !== 'geometry'
  return (
    known.has(head) ||
    (head in simpleNames && !isSized) ||
    /^(bit varying|time with time zone|interval( (year|month|day|hour|minute|second))?( to (month|hour|minute|second))?)$/.test(head)
  )
}
