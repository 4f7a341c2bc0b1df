import type { DataType } from '../app/model/data-type.ts'

/** What carries a native type where it does not belong, and what does not come along. */
export interface Carrier {
  readonly type: DataType
  /** What is lost, as the end of a sentence; '' when every value comes through. */
  readonly lost: string
}

type Rule = readonly [RegExp, DataType | ((words: RegExpExecArray) => DataType), string]

const text: DataType = { kind: 'text' }
const json: DataType = { kind: 'json' }
const decimal = (precision: number, scale: number): DataType => ({ kind: 'decimal', precision, scale })
const sized = (kind: 'varchar' | 'binary' | 'varbinary', length: number): DataType => ({ kind, length })

/** Per owner, in order; the first that matches the whole spelling wins. Source: manuals of the flavors, chapters on data types. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
  postgres: [
    [/^json$/i, json, 'spacing, key order and repeated keys'],
    [/^money$/i, decimal(19, 2), 'the currency sign of the locale'],
    [/^(?:cidr)$/i, { kind: 'inet' }, 'the rule that no host bit is set'],
    [/^macaddr8?$/i, sized('varchar', 23), 'the check of the address'],
    [/^(?:citext|name|"char")$/i, text, 'its own way of comparing'],
    [/^(?:oid|xid|cid|reg[a-z]+)$/i, { kind: 'int64' }, 'what the number stands for'],
    [/^(?:xid8)$/i, decimal(20, 0), 'what the number stands for'],
    [/^(?:hstore)$/i, json, 'the order of the keys'],
    [/^(?:timetz|time(?:\(\d\))? with time zone)$/i, sized('varchar', 24), 'comparing and computing as a time'],
    [/^(?:varbit|bit varying)(?:\((\d+)\))?$/i, (words) => (words[1] === undefined ? text : sized('varchar', Number(words[1]))), 'bit operators'],
    [/^(?:point|line|lseg|box|path|polygon|circle|geography).*$/i, text, 'geometric operators and indexes'],
    [/^vector(?:\(\d+\))?$/i, json, 'distance operators and indexes'],
    [/^(?:\w+range|\w+multirange)$/i, text, 'range operators and exclusion constraints'],
    [/^(?:tsvector|tsquery|ltree|lquery|jsonpath)$/i, text, 'its search operators'],
  ],
  mssql: [
    [/^money$/i, decimal(19, 4), ''],
    [/^smallmoney$/i, decimal(10, 4), ''],
    [/^char\((\d+)\)$/i, (words) => ({ kind: 'char', length: Number(words[1]) }), ''],
    [/^varchar\((\d+)\)$/i, (words) => sized('varchar', Number(words[1])), ''],
    [/^varchar\(max\)$/i, text, ''],
    [/^datetime$/i, { kind: 'timestamp', precision: 3 }, 'the steps of 1/300 of a second'],
    [/^smalldatetime$/i, { kind: 'timestamp', precision: 0 }, 'the rounding to whole minutes'],
    [/^(?:rowversion|timestamp)$/i, sized('binary', 8), 'the number that the server gives with each change'],
    [/^sysname$/i, sized('varchar', 128), ''],
    [/^(?:text|ntext)$/i, text, ''],
    [/^image$/i, { kind: 'blob' }, ''],
    [/^hierarchyid$/i, sized('varbinary', 892), 'tree operators'],
    [/^sql_variant$/i, text, 'the type of each value'],
    [/^geography$/i, { kind: 'geometry' }, 'computing on the globe'],
    [/^vector(?:\(\d+\))?$/i, json, 'distance operators'],
  ],
  mysql: [
    [/^mediumint(?:\(\d+\))? unsigned$/i, { kind: 'uint32' }, 'the limit of 16777215'],
    [/^mediumint(?:\(\d+\))?$/i, { kind: 'int32' }, 'the limit of 8388607'],
    [/^year(?:\(\d\))?$/i, { kind: 'int16' }, 'the limits 1901 and 2155'],
    [/^set\(.*\)$/is, text, 'the check of the members'],
    [/^inet4$/i, { kind: 'inet' }, ''],
    [/^(?:point|linestring|polygon|multipoint|multilinestring|multipolygon|geometrycollection)$/i, { kind: 'geometry' }, 'the kind of geometry'],
    [/^vector(?:\(\d+\))?$/i, json, 'distance functions'],
  ],
  impala: [[/^variant$/i, json, 'the type of each value']],
}

/** The logical type that carries a native one for another flavor; text for what nobody knows more about. */
export function carrierOf({ flavor, text: spelling }: Extract<DataType, { kind: 'native' }>): Carrier {
  for (const [pattern, type, lost] of rules[flavor ?? ''] ?? []) {
    const words = pattern.exec(spelling.trim())
    if (words !== null) return { type: typeof type === 'function' ? type(words) : type, lost }
  }
  return { type: text, lost: 'everything but the text of its values' }
}
