import type { DataType } from '../../model/data-type.ts'
import type { Field } from '../../model/model.ts'
import { isKnownType } from '../../model/parse-type.ts'
import type { TypeHint } from '../../model/parse-type.ts'
import { parseReference } from '../../model/reference-text.ts'
import { addCell, extraReader, noCells } from './cells.ts'
import type { KnownColumn } from './columns.ts'
import type { Drafts, FieldDraft } from './drafts.ts'
import { catalogCell, catalogDefault, originOf } from './origin.ts'
import type { CsvRow, CsvTable } from './read.ts'
import { readType } from './type-cells.ts'
import type { TypeCells } from './type-cells.ts'
import { parseIdentity, parseNullable, parseYesNo } from './words.ts'

/**
 * A function that reads the field of one row. What cannot be read is kept in `invalid` under its header, with finding CELL_UNREADABLE that says what was
 * expected; an unknown type is kept as it is, with finding TYPE_UNKNOWN.
 */
export function fieldReader(source: CsvTable, drafts: Drafts): (row: CsvRow) => FieldDraft {
  const origin = originOf(source)
  const cell = cellReader(source, origin)
  const readExtra = extraReader(source.columns)
  const typeOf = typeReader(source, origin, drafts)
  return (row) => {
    let invalid: Record<string, string> | null = null
    const bad = (known: KnownColumn, expected: string): void => {
      const at = source.places.get(known)
      const column = at === undefined ? undefined : source.columns[at]
      if (column === undefined || at === undefined) return
      addCell((invalid ??= {}), column.key, row.cells[at] ?? '')
      drafts.error(
        'CELL_UNREADABLE',
        source,
        row,
        column.header,
        `"${(row.cells[at] ?? '').slice(0, 60)}" cannot be read; expected ${expected}. The cell is kept as it is.`,
      )
    }
    const get = (known: KnownColumn): string => cell(row, known)
    const type = typeOf(row, bad)
    const keys = readKeys(get, bad, origin, row, source)
    const plain = readPlain(get, bad, keys.primaryKey !== '')
    const serial = origin === 'postgres' && /^nextval\(/iu.test(get('COLUMN_DEFAULT'))
    const mysqlExtra = origin === 'mysql' ? foreignCell(source, row, 'EXTRA') : ''
    const isAuto = serial || /auto_increment/iu.test(mysqlExtra) || (isSerial(get('DATA_TYPE')) && get('COLUMN_DEFAULT') === '')
    const value = origin === null ? emptyAsNull(get('COLUMN_DEFAULT')) : catalogDefault(get('COLUMN_DEFAULT'), origin, type, mysqlExtra)
    const generated = readGenerated(get, bad, mysqlExtra)
    const field: Field = {
      id: drafts.idOf(get('ID'), source, row),
      name: get('COLUMN_NAME'),
      type,
      nullable: plain.nullable && !(isAuto && !source.places.has('IS_NULLABLE')),
      default: serial || (origin !== null && generated !== null) ? null : value,
      identity: plain.identity ?? (isAuto ? 'default' : null),
      generated,
      comment: get('COLUMN_COMMENT'),
      collation: get('COLLATION_NAME'),
      previousName: get('PREVIOUS_NAME'),
      extra: readExtra(row.cells),
      invalid: invalid === null ? noCells : invalid,
    }
    return { field, ordinal: plain.ordinal, ...keys, row: row.row, file: source.file }
  }
}

type Get = (known: KnownColumn) => string
type Bad = (known: KnownColumn, expected: string) => void

const emptyAsNull = (text: string): string | null => (text === '' ? null : text)
const isSerial = (text: string): boolean => /^\s*(?:small|big)?serial[248]?\s*$/iu.test(text)

function cellReader(source: CsvTable, origin: TypeHint): (row: CsvRow, known: KnownColumn) => string {
  const { places } = source
  return (row, known) => {
    const at = places.get(known)
    const text = at === undefined ? '' : (row.cells[at] ?? '')
    return origin === null ? text : catalogCell(text)
  }
}

/** A cell of a catalog's column that is none of ours, by its name there. */
export function foreignCell(source: CsvTable, row: CsvRow, name: string): string {
  const at = source.columns.findIndex((column) => column.header.trim().toUpperCase() === name)
  return catalogCell(row.cells[at] ?? '')
}

function readPlain(
  get: Get,
  bad: Bad,
  isKey: boolean,
): { readonly nullable: boolean; readonly identity: Field['identity']; readonly ordinal: number | null } {
  const word = get('IS_NULLABLE')
  const inverse = get('NOT_NULL')
  const isFixed = parseYesNo(inverse)
  if (isFixed === null) bad('NOT_NULL', 'yes or no')
  const nullable = word === '' ? !(isFixed === true || isKey) : parseNullable(word)
  if (nullable === null) bad('IS_NULLABLE', 'YES or NO')
  const identity = parseIdentity(get('IS_IDENTITY'), get('IDENTITY_GENERATION'))
  if (identity === undefined) bad('IS_IDENTITY', 'ALWAYS, BY DEFAULT, SERIAL, YES or NO')
  const ordinal = get('ORDINAL_POSITION').trim()
  const isNumber = /^\d{1,9}$/u.test(ordinal)
  if (ordinal !== '' && !isNumber) bad('ORDINAL_POSITION', 'a whole number')
  return { nullable: nullable ?? true, identity: identity ?? null, ordinal: isNumber ? Number(ordinal) : null }
}

function readGenerated(get: Get, bad: Bad, mysqlExtra: string): Field['generated'] {
  const expression = get('GENERATION_EXPRESSION')
  const word = get('IS_GENERATED').trim().toUpperCase()
  if (!['', 'NEVER', 'NO', 'ALWAYS', 'YES', 'STORED', 'PERSISTED', 'VIRTUAL'].includes(word))
    bad('IS_GENERATED', 'NEVER, STORED or VIRTUAL')
  if (expression === '') return null
  return { expression, stored: word !== 'VIRTUAL' && !/virtual/iu.test(mysqlExtra) }
}

function readKeys(
  get: Get,
  bad: Bad,
  origin: TypeHint,
  row: CsvRow,
  source: CsvTable,
): Pick<FieldDraft, 'primaryKey' | 'unique' | 'references'> {
  const mysqlKey = origin === 'mysql' ? foreignCell(source, row, 'COLUMN_KEY').toUpperCase() : ''
  let primaryKey = get('PRIMARY_KEY').trim()
  if (!/^[1-9]\d{0,5}$/u.test(primaryKey)) {
    const isMember = parseYesNo(primaryKey)
    if (isMember === null) bad('PRIMARY_KEY', 'the position in the key (1, 2 ...), yes or no')
    primaryKey = isMember === true || mysqlKey === 'PRI' ? 'yes' : ''
  }
  const unique = get('UNIQUE')
  const isUnique = parseYesNo(unique)
  const references = get('REFERENCES')
  const isReadable = references.trim() === '' || parseReference(references) !== null
  if (!isReadable) bad('REFERENCES', '[schema.]table.column')
  return {
    primaryKey,
    unique: isUnique === true || mysqlKey === 'UNI' ? 'yes' : isUnique === false ? '' : unique,
    references: isReadable ? references : '',
  }
}

const typeColumns = [
  'DATA_TYPE',
  'COLUMN_TYPE',
  'CHARACTER_MAXIMUM_LENGTH',
  'NUMERIC_PRECISION',
  'NUMERIC_SCALE',
  'DATETIME_PRECISION',
] as const

/** Types are few and fields are many: each spelling is read once. */
function typeReader(source: CsvTable, origin: TypeHint, drafts: Drafts): (row: CsvRow, bad: Bad) => DataType {
  const cell = cellReader(source, origin)
  const seen = new Map<string, ReturnType<typeof readType>>()
  return (row, bad) => {
    const [plain = '', full = '', length = '', precision = '', scale = '', timePrecision = ''] = typeColumns.map((known) =>
      cell(row, known),
    )
    const name = full !== '' ? full : origin === 'postgres' ? postgresType(plain, source, row, drafts) : plain
    const key = `${name}\n${length}\n${precision}\n${scale}\n${timePrecision}`
    const cells: TypeCells = { type: name, length, precision, scale, timePrecision }
    const known = seen.get(key) ?? readType(cells, origin, origin !== null)
    seen.set(key, known)
    for (const column of known.bad) bad(column, 'a whole number that fits the data type')
    if (!isKnownType(known.type)) {
      const header = source.columns[source.places.get('DATA_TYPE') ?? -1]?.header ?? 'DATA_TYPE'
      drafts.warn(
        'TYPE_UNKNOWN',
        source,
        row,
        header,
        `the data type "${name.slice(0, 60)}" is not known; expected for instance int32, varchar(50) or timestamp. It is kept as it is.`,
      )
    }
    return known.type
  }
}

/** PostgreSQL's catalog view gives ARRAY and USER-DEFINED; the type's own name stands in UDT_NAME. */
function postgresType(name: string, source: CsvTable, row: CsvRow, drafts: Drafts): string {
  const domain = foreignCell(source, row, 'DOMAIN_NAME')
  if (domain !== '')
    drafts.warn(
      'CSV_DOMAIN',
      source,
      row,
      'domain_name',
      `the field is of the domain ${domain}; it is read as the type below the domain, ${name}.`,
    )
  const own = foreignCell(source, row, 'UDT_NAME')
  if (name === 'ARRAY') return own
  // The only native type of PostgreSQL whose length stands in a column of its own.
  const length = foreignCell(source, row, 'CHARACTER_MAXIMUM_LENGTH')
  if (name === 'bit varying' && length !== '') return `bit varying(${length})`
  if (name !== 'USER-DEFINED' || own === '') return name
  const schema = foreignCell(source, row, 'UDT_SCHEMA')
  const text = [schema === 'public' || schema === 'pg_catalog' ? '' : schema, own]
    .filter((each) => each !== '')
    .map((each) => (/^[a-z_][a-z0-9_]*$/u.test(each) ? each : `"${each}"`))
    .join('.')
  return `native('postgres', '${text.replaceAll("'", "''")}')`
}
