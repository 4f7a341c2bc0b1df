import type { Finding } from '../../../app/model/finding.ts'
import type { TableShape } from '../../../app/model/shape.ts'
import { isYes, formatOf, optionOf, storedAsOf, isWritable, isExternal, keepsFiles, type Format, type StoredAs } from './facts.ts'
import { fold, rawText } from './names.ts'
import { parseColumns, parseIcebergSpec, parseKuduSpec, type KuduSpec, type Parsed, type Transform } from './partition-spec.ts'

/** What is wrong with an option, without its place. */
export interface OptionProblem {
  readonly key: string
  readonly code: 'OPTION_VALUE' | 'OPTION_IGNORED' | 'OPTION_FIELD'
  readonly severity: Finding['severity']
  readonly message: string
}

/** How a table is stored, read from its options. Names are folded. What could not be read is left out, and is a problem. */
export interface Layout {
  readonly format: Format
  readonly stored: StoredAs
  readonly external: boolean
  readonly location: string
  /** Partition columns of a file table, in order. */
  readonly partitioned: readonly string[]
  readonly kudu: KuduSpec | null
  readonly iceberg: readonly Transform[]
  readonly sort: { readonly columns: readonly string[]; readonly zorder: boolean } | null
  /** As they stand in ROW FORMAT DELIMITED; '' where left out. */
  readonly delimiters: { readonly field: string; readonly line: string; readonly escape: string }
  readonly properties: ReadonlyMap<string, string>
  readonly problems: readonly OptionProblem[]
}

const known = new WeakMap<TableShape, Layout>()

/** The layout of a table; made once a shape. */
export function layoutOf(shape: TableShape): Layout {
  const before = known.get(shape)
  if (before !== undefined) return before
  const made = read(shape)
  known.set(shape, made)
  return made
}

type Tell = (key: string, code: OptionProblem['code'], severity: Finding['severity'], message: string) => void

function read(shape: TableShape): Layout {
  const { options } = shape
  const problems: OptionProblem[] = []
  const tell: Tell = (key, code, severity, message) => void problems.push({ key: `IMPALA.${key}`, code, severity, message })
  const stored = storedAsOf(options)
  const format = formatOf(options)
  const names = new Set(shape.columns.map(({ name }) => fold(name)))
  const columns = (key: string, list: readonly string[]): readonly string[] => {
    const missing = list.filter((name) => !names.has(name))
    if (missing.length > 0) tell(key, 'OPTION_FIELD', 'error', `IMPALA.${key} names ${missing.join(', ')}, which is no field of the table. Write a field that there is, or take it out.`)
    return missing.length > 0 ? [] : list
  }
  const ask = <T>(key: string, parse: (text: string) => Parsed<T>): T | null => {
    const text = optionOf(options, key)
    if (text === '') return null
    const parsed = parse(text)
    if ('value' in parsed) return parsed.value
    tell(key, 'OPTION_VALUE', 'error', `IMPALA.${key} ${parsed.problem}.`)
    return null
  }
  const only = (key: string, wanted: boolean, what: string): boolean => {
    if (wanted || optionOf(options, key) === '') return wanted
    tell(key, 'OPTION_IGNORED', 'warning', `IMPALA.${key} is for ${what}; this table is ${stored}, and the option is left out. Clear it, or change IMPALA.STORED_AS.`)
    return false
  }
  const partitioned = only('PARTITIONED_BY', format === 'file', 'file tables (Kudu and Iceberg have IMPALA.PARTITION_BY)') ? columns('PARTITIONED_BY', ask('PARTITIONED_BY', parseColumns) ?? []) : []
  if (partitioned.length > 0 && partitioned.length === names.size) tell('PARTITIONED_BY', 'OPTION_VALUE', 'error', 'IMPALA.PARTITIONED_BY names every field: a table needs one that is kept in its files. Take one out.')
  only('PARTITION_BY', format !== 'file', 'Kudu and Iceberg tables (file tables have IMPALA.PARTITIONED_BY)')
  const kudu = format === 'kudu' ? kuduOf(shape, ask('PARTITION_BY', parseKuduSpec), columns, tell) : null
  const iceberg = format === 'iceberg' ? icebergOf(ask('PARTITION_BY', parseIcebergSpec) ?? [], columns) : []
  const external = externalOf(shape, tell)
  const location = only('LOCATION', format !== 'kudu', 'tables with files') ? locationOf(optionOf(options, 'LOCATION'), tell) : ''
  return {
    format, stored, external, location, partitioned, kudu, iceberg,
    sort: sortOf(shape, { partitioned, format, ask, columns, tell, only }),
    delimiters: delimitersOf(shape, stored, tell, only),
    properties: propertiesOf(shape, tell),
    problems: [...problems, ...formatProblems(shape, stored, format)],
  }
}

function kuduOf(shape: TableShape, given: KuduSpec | null, columns: (key: string, list: readonly string[]) => readonly string[], tell: Tell): KuduSpec | null {
  const keys = new Set((shape.primaryKey?.columns ?? []).map(fold))
  const text = optionOf(shape.options, 'KUDU_BUCKETS')
  const isCount = /^\d{1,9}$/.test(text) && Number(text) >= 2
  if (text !== '' && !isCount) tell('KUDU_BUCKETS', 'OPTION_VALUE', 'error', `IMPALA.KUDU_BUCKETS is a whole number from 2, not ${JSON.stringify(text)}.`)
  if (given === null) return optionOf(shape.options, 'PARTITION_BY') === '' ? { hash: [{ columns: [], count: isCount ? Number(text) : 4 }], range: null } : null
  if (text !== '') tell('KUDU_BUCKETS', 'OPTION_IGNORED', 'warning', 'IMPALA.KUDU_BUCKETS is for a Kudu table without IMPALA.PARTITION_BY, which says the numbers itself. Clear one of the two.')
  const used = [...given.hash.flatMap((one) => one.columns), ...(given.range?.columns ?? [])]
  const outside = [...new Set(columns('PARTITION_BY', used))].filter((name) => !keys.has(name))
  if (outside.length > 0) tell('PARTITION_BY', 'OPTION_FIELD', 'error', `IMPALA.PARTITION_BY spreads by ${outside.join(', ')}, which is not in the primary key: Kudu spreads by key fields only. Put it into the key, or take it out.`)
  const all = given.range === null || given.range.columns.length > 0 ? (given.range?.columns ?? []) : [...keys]
  const odd = given.range?.partitions.some((one) => (one.kind === 'values' ? [one.values] : [one.lower?.values ?? all, one.upper?.values ?? all]).some((values) => values.length !== all.length)) === true
  if (odd) tell('PARTITION_BY', 'OPTION_VALUE', 'error', `IMPALA.PARTITION_BY gives bounds that do not fit RANGE (${all.join(', ')}): VALUE = (a, b), or (a, b) <= VALUES, with a value for each field.`)
  return given
}

function icebergOf(spec: readonly Transform[], columns: (key: string, list: readonly string[]) => readonly string[]): readonly Transform[] {
  return columns('PARTITION_BY', spec.map(({ column }) => column)).length === spec.length ? spec : []
}

function externalOf(shape: TableShape, tell: Tell): boolean {
  if (!isExternal(shape)) return false
  if (formatOf(shape.options) === 'kudu' && !/external\.table\.purge\s*=\s*true/i.test(optionOf(shape.options, 'TBLPROPERTIES'))) {
    tell('EXTERNAL', 'OPTION_VALUE', 'error', 'An external Kudu table takes its fields from Kudu, and none from here. Clear IMPALA.EXTERNAL, or add external.table.purge=true to IMPALA.TBLPROPERTIES.')
  }
  return true
}

/** A URI or an absolute path. Two locations that mean one directory are written alike: without a slash at the end. */
function locationOf(text: string, tell: Tell): string {
  if (text === '') return ''
  if (!/^(?:[a-z][a-z0-9+.-]*:)?\/\P{Cc}*$/iu.test(text) || rawText(text) !== text) {
    tell('LOCATION', 'OPTION_VALUE', 'error', `IMPALA.LOCATION is a URI or an absolute path (hdfs://nn/data/t, s3a://bucket/t, /data/t), not ${JSON.stringify(text.slice(0, 80))}.`)
    return ''
  }
  return text.length > 1 ? text.replace(/\/+$/, '') : text
}

interface SortTools {
  readonly partitioned: readonly string[]
  readonly format: Format
  readonly ask: <T>(key: string, parse: (text: string) => Parsed<T>) => T | null
  readonly columns: (key: string, list: readonly string[]) => readonly string[]
  readonly tell: Tell
  readonly only: (key: string, wanted: boolean, what: string) => boolean
}

function sortOf(shape: TableShape, { partitioned, format, ask, columns, tell, only }: SortTools): Layout['sort'] {
  const text = optionOf(shape.options, 'SORT_BY')
  if (text === '' || !only('SORT_BY', format !== 'kudu', 'tables with files')) return null
  const order = /^(lexical|zorder)\s*\((.*)\)$/is.exec(text)
  const list = columns('SORT_BY', ask('SORT_BY', () => parseColumns(order?.[2] ?? text)) ?? [])
  const moved = list.filter((name) => partitioned.includes(name))
  if (moved.length > 0) tell('SORT_BY', 'OPTION_FIELD', 'error', `IMPALA.SORT_BY names ${moved.join(', ')}, which is a partition and the same in a whole file. Take it out.`)
  if (list.length === 0 || moved.length > 0) return null
  const zorder = order?.[1]?.toUpperCase() === 'ZORDER'
  if (zorder && list.length === 1) tell('SORT_BY', 'OPTION_VALUE', 'error', 'ZORDER takes two fields or more. Write the field alone.')
  return { columns: list, zorder }
}

const escapes: Readonly<Record<string, string>> = { '\\t': '\t', '\\n': '\n', '\\r': '\r', '\\\\': '\\', TAB: '\t', COMMA: ',', PIPE: '|', SEMICOLON: ';' }

/** One ASCII character, or a number from -128 to 127 that stands for a byte. Source: HdfsStorageDescriptor.parseDelim. */
function delimiterOf(options: TableShape['options'], key: string, tell: Tell): string {
  // Not trimmed: a blank or a tab is a delimiter too.
  const raw = options[`IMPALA.${key}`] ?? ''
  if (raw === '') return ''
  const text = escapes[raw.trim().toUpperCase()] ?? escapes[raw.trim()] ?? (raw.length > 1 ? raw.trim() : raw)
  const isByte = /^-?\d{1,3}$/.test(text) && Number(text) >= -128 && Number(text) <= 127
  if (isByte || (text.length === 1 && text.charCodeAt(0) > 0 && text.charCodeAt(0) < 128)) return text
  tell(key, 'OPTION_VALUE', 'error', `IMPALA.${key} is one ASCII character, \\t, \\n, or a number from -128 to 127, not ${JSON.stringify(raw.slice(0, 20))}.`)
  return ''
}

function delimitersOf(shape: TableShape, stored: StoredAs, tell: Tell, only: SortTools['only']): Layout['delimiters'] {
  const one = (key: string) => (only(key, stored === 'TEXTFILE', 'TEXTFILE tables') ? delimiterOf(shape.options, key, tell) : '')
  const [field, line, escape] = [one('FIELD_DELIMITER'), one('LINE_DELIMITER'), one('ESCAPED_BY')]
  const byte = (text: string, fallback: number) => (text === '' ? fallback : /^-?\d+$/.test(text) ? Number(text) : text.charCodeAt(0))
  if (stored === 'TEXTFILE' && byte(field, 1) === byte(line, 10)) tell('FIELD_DELIMITER', 'OPTION_VALUE', 'error', 'IMPALA.FIELD_DELIMITER and IMPALA.LINE_DELIMITER are the same sign: a row would have no end. Change one.')
  if (escape !== '' && (byte(escape, 0) === byte(field, 1) || byte(escape, 0) === byte(line, 10))) tell('ESCAPED_BY', 'OPTION_VALUE', 'error', 'IMPALA.ESCAPED_BY is a delimiter too: Impala would not escape at all. Change one.')
  return { field, line, escape }
}

/** `key=value` with `;` between; quotes around either side are taken off. A `;` inside quotes belongs to the value. */
function propertiesOf({ options }: TableShape, tell: Tell): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const text = optionOf(options, 'TBLPROPERTIES')
  for (const part of text.match(/(?:'[^']*'|"[^"]*"|[^;'"]|['"])+/g) ?? []) {
    if (part.trim() === '') continue
    const at = part.indexOf('=')
    const [key, value] = [bare(part.slice(0, Math.max(at, 0))), bare(part.slice(at + 1))]
    if (at < 1 || key === '' || key.length > 256 || value.length > 4000) {
      tell('TBLPROPERTIES', 'OPTION_VALUE', 'error', `IMPALA.TBLPROPERTIES has ${JSON.stringify(part.trim().slice(0, 40))} where key=value is expected, with ; between two of them, 256 characters a key and 4000 a value.`)
      continue
    }
    found.set(key, value)
  }
  return found
}

const bare = (text: string): string => /^\s*(?:'([^']*)'|"([^"]*)")\s*$/.exec(text)?.slice(1).find((one) => one !== undefined) ?? text.trim()

function formatProblems(shape: TableShape, stored: StoredAs, format: Format): readonly OptionProblem[] {
  const problem = (key: string, severity: Finding['severity'], message: string): OptionProblem => ({ key: `IMPALA.${key}`, code: 'OPTION_VALUE', severity, message })
  const { options } = shape
  const external = 'The table keeps its files when it is dropped: MetaMigrate fills and rebuilds no such table. Clear IMPALA.EXTERNAL, or move the rows yourself.'
  return [
    ...(isWritable(options) ? [] : [problem('STORED_AS', 'info', `Impala reads ${stored} and writes none: MetaMigrate can make this table and cannot fill it. Take PARQUET, or load it with Hive.`)]),
    ...(keepsFiles(shape) ? [problem('EXTERNAL', 'info', external)] : []),
    ...(isYes(optionOf(options, 'NON_UNIQUE_KEY')) && format !== 'kudu' ? [{ ...problem('NON_UNIQUE_KEY', 'warning', 'IMPALA.NON_UNIQUE_KEY is for Kudu tables, and is left out.'), code: 'OPTION_IGNORED' as const }] : []),
  ]
}
