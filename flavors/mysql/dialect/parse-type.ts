import type { DataType, SimpleKind } from '../../../app/model/data-type.ts'
import { isSign, splitAtCommas, tokenize } from '../../lexer.ts'
import { rules } from './lexical.ts'
import { remember } from '../../remember.ts'

/** Logical kind by native name, every synonym folded. Source: MySQL manual, "Data Types" and "Using Data Types from Other Database Engines". */
const simple: Readonly<Record<string, SimpleKind>> = {
  bool: 'bool', boolean: 'bool', 'double precision': 'float64', double: 'float64', real: 'float64', float: 'float32', float4: 'float32', float8: 'float64', serial: 'uint64',
  tinytext: 'text', text: 'text', mediumtext: 'text', longtext: 'text', long: 'text', 'long varchar': 'text', clob: 'text',
  tinyblob: 'blob', blob: 'blob', mediumblob: 'blob', longblob: 'blob', 'long varbinary': 'blob',
  date: 'date', json: 'json', uuid: 'uuid', geometry: 'geometry',
}
const integers: Readonly<Record<string, readonly [SimpleKind, SimpleKind]>> = {
  tinyint: ['int8', 'uint8'], int1: ['int8', 'uint8'], smallint: ['int16', 'uint16'], int2: ['int16', 'uint16'],
  int: ['int32', 'uint32'], integer: ['int32', 'uint32'], int4: ['int32', 'uint32'], bigint: ['int64', 'uint64'], int8: ['int64', 'uint64'],
}

const numberOf = (text: string | undefined): number | null => (text === undefined ? null : Number(text))
const native = (text: string): DataType => ({ kind: 'native', flavor: 'mysql', text })

/** Kinds whose spelling carries numbers. A length that is left out is one; a decimal without digits has ten. */
const patterns: readonly (readonly [RegExp, (numbers: readonly (number | null)[]) => DataType])[] = [
  [/^(?:decimal|dec|numeric|fixed|number)(?:\((\d+)(?:,(\d+))?\))?( unsigned)?$/, ([precision = null, scale = null]) => ({ kind: 'decimal', precision: precision ?? 10, scale: scale ?? 0 })],
  [/^(?:char|character|nchar|national char|national character)(?:\((\d+)\))?$/, ([length = null]) => ({ kind: 'char', length: length ?? 1 })],
  [/^(?:varchar|varcharacter|character varying|char varying|nvarchar|varchar2|national varchar|national varcharacter|national char varying|national character varying|nchar varchar|nchar varying)\((\d+)\)$/, ([length = null]) => ({ kind: 'varchar', length })],
  [/^(?:binary|char byte)(?:\((\d+)\))?$/, ([length = null]) => ({ kind: 'binary', length: length ?? 1 })],
  [/^varbinary\((\d+)\)$/, ([length = null]) => ({ kind: 'varbinary', length })],
  [/^bit(?:\((\d+)\))?$/, ([length = null]) => ({ kind: 'bit', length: length ?? 1 })],
  [/^time(?:\((\d)\))?$/, ([precision = null]) => ({ kind: 'time', precision: precision ?? 0 })],
  [/^datetime(?:\((\d)\))?$/, ([precision = null]) => ({ kind: 'timestamp', precision: precision ?? 0 })],
  [/^timestamp(?:\((\d)\))?$/, ([precision = null]) => ({ kind: 'timestamptz', precision: precision ?? 0 })],
  [/^(?:float)\((\d+)\)$/, ([bits = null]) => ({ kind: (bits ?? 0) <= 24 ? 'float32' : 'float64' })],
]

/** Types without a logical twin: kept as they are. A display width means nothing without ZEROFILL. */
const kept = new RegExp(
  '^(?:mediumint(?: unsigned)?|(?:tiny|small|medium|big)?int(?:\\(\\d+\\))? unsigned zerofill|(?:float|double)(?:\\(\\d+,\\d+\\))?(?: unsigned)?(?: zerofill)?' +
  '|decimal(?:\\(\\d+,\\d+\\))? unsigned(?: zerofill)?|year|inet[46]|vector(?:\\(\\d+\\))?|(?:point|linestring|polygon|multipoint|multilinestring|multipolygon|geometrycollection)(?: srid \\d+)?|geometry srid \\d+)$',
)

/** Values of `enum(...)` or members of `set(...)`; null when it is neither. Quotes inside are doubled or escaped. */
export function membersOf(text: string): { readonly word: 'enum' | 'set'; readonly values: readonly string[] } | null {
  const tokens = tokenize(text, rules)
  const [head, open] = tokens
  const word = head?.kind === 'word' ? head.value.toLowerCase() : ''
  if ((word !== 'enum' && word !== 'set') || !isSign(open, '(') || !isSign(tokens.at(-1), ')') || tokens.length < 3) return null
  const parts = splitAtCommas(tokens.slice(2, -1))
  const values = parts.map((part) => (part.length === 1 && part[0]?.kind === 'text' && part[0].closed ? part[0].value : null))
  return values.every((value) => value !== null) ? { word, values } : null
}

/** Lower case, one blank between words, none inside parentheses. */
function folded(text: string): string {
  const plain = text.trim().toLowerCase().replaceAll(/\s+/g, ' ').replaceAll(/ ?([(),=]) ?/g, '$1').replaceAll(/\)(?=[a-z])/g, ') ')
  // ZEROFILL makes a number unsigned, whether it says so or not; `signed` says nothing.
  return plain.replace(/ signed$/, '').replace(/^((?:(?!unsigned).)+) zerofill$/, '$1 unsigned zerofill').replace(/ zerofill unsigned$/, ' unsigned zerofill')
}

/** Logical type of a native spelling, synonyms folded; kind `native` for a type without a twin; null for what the server does not know. */
export const parseNative: (given: string) => DataType | null = remember(parsed)

function parsed(given: string): DataType | null {
  const listed = membersOf(given)
  if (listed?.word === 'enum') return { kind: 'enum', name: null, values: listed.values }
  if (listed?.word === 'set') return native(`set(${listed.values.map((value) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`).join(',')})`)
  const text = folded(given)
  if (/^tinyint\(1\)$/.test(text)) return { kind: 'bool' }
  const [, word = '', unsigned] = /^([a-z0-9]+)(?:\(\d+\))?( unsigned)?$/.exec(text) ?? []
  const pair = Object.hasOwn(integers, word) ? integers[word] : undefined
  if (pair !== undefined) return { kind: unsigned === undefined ? pair[0] : pair[1] }
  const plain = Object.hasOwn(simple, text) ? simple[text] : undefined
  if (plain !== undefined) return { kind: plain }
  for (const [pattern, make] of patterns) {
    const match = pattern.exec(text)
    if (match !== null && match.at(-1) !== ' unsigned') return make(match.slice(1).map(numberOf))
  }
  return keptType(text)
}

function keptType(text: string): DataType | null {
  const spelled = text
    .replace(/^(?:int3|middleint)\b/, 'mediumint')
    .replace(/^mediumint\(\d+\)(?! unsigned zerofill)/, 'mediumint')
    .replace(/^year\(\d\)$/, 'year')
    .replace(/^(?:dec|numeric|fixed) ?(?=\()/, 'decimal')
    .replace(/^(?:dec|numeric|fixed)(?= unsigned)/, 'decimal')
    .replace(/^decimal(?:\((\d+)\))?(?= unsigned)/, (_, digits: string | undefined) => `decimal(${digits ?? '10'},0)`)
    .replace(/^(?:double precision|real)(?=[ (])/, 'double')
    .replace(/^geomcollection\b/, 'geometrycollection')
  return kept.test(spelled) ? native(spelled) : null
}
