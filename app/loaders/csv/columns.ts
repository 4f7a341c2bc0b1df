/** The columns of ours that a header can stand for. `NOT_NULL` is IS_NULLABLE the other way round, as DBeaver and Excel lists have it. */
export type KnownColumn = (typeof knownColumns)[number]

/** Every column that some file may have. */
export const knownColumns = [
  'TABLE_SCHEMA',
  'TABLE_NAME',
  'TABLE_COMMENT',
  'PREVIOUS_TABLE_NAME',
  'TABLE_DETAILS',
  'TABLE_ID',
  'ID',
  'COLUMN_NAME',
  'ORDINAL_POSITION',
  'DATA_TYPE',
  'COLUMN_TYPE',
  'CHARACTER_MAXIMUM_LENGTH',
  'NUMERIC_PRECISION',
  'NUMERIC_SCALE',
  'DATETIME_PRECISION',
  'IS_NULLABLE',
  'NOT_NULL',
  'COLUMN_DEFAULT',
  'IS_IDENTITY',
  'IDENTITY_GENERATION',
  'IS_GENERATED',
  'GENERATION_EXPRESSION',
  'COLUMN_COMMENT',
  'COLLATION_NAME',
  'PREVIOUS_NAME',
  'PRIMARY_KEY',
  'UNIQUE',
  'REFERENCES',
  'CONSTRAINT_NAME',
  'CONSTRAINT_TYPE',
  'COLUMN_NAMES',
  'CHECK_CLAUSE',
  'REFERENCED_TABLE_SCHEMA',
  'REFERENCED_TABLE_NAME',
  'REFERENCED_COLUMN_NAMES',
  'UPDATE_RULE',
  'DELETE_RULE',
  'DEFERRABLE',
  'INDEX_NAME',
  'IS_UNIQUE',
  'INDEX_METHOD',
  'INCLUDE_COLUMNS',
  'PREDICATE',
] as const

export type FileKind = 'tables' | 'fields' | 'keys' | 'references' | 'indexes' | 'single'

const tableColumns = ['TABLE_SCHEMA', 'TABLE_NAME'] as const
const fieldColumns = [
  'COLUMN_NAME',
  'ORDINAL_POSITION',
  'DATA_TYPE',
  'CHARACTER_MAXIMUM_LENGTH',
  'NUMERIC_PRECISION',
  'NUMERIC_SCALE',
  'DATETIME_PRECISION',
  'IS_NULLABLE',
  'COLUMN_DEFAULT',
  'IS_IDENTITY',
  'GENERATION_EXPRESSION',
  'COLUMN_COMMENT',
] as const

/** The columns that a new file has, in their order; `ID` stands last, after any others. */
export const defaultColumns: Readonly<Record<FileKind, readonly KnownColumn[]>> = {
  tables: [...tableColumns, 'TABLE_COMMENT', 'PREVIOUS_NAME', 'ID'],
  fields: [...tableColumns, ...fieldColumns, 'PREVIOUS_NAME', 'ID'],
  keys: [...tableColumns, 'CONSTRAINT_NAME', 'CONSTRAINT_TYPE', 'COLUMN_NAMES', 'CHECK_CLAUSE', 'ID'],
  references: [
    ...tableColumns,
    'CONSTRAINT_NAME',
    'COLUMN_NAMES',
    'REFERENCED_TABLE_SCHEMA',
    'REFERENCED_TABLE_NAME',
    'REFERENCED_COLUMN_NAMES',
    'UPDATE_RULE',
    'DELETE_RULE',
    'DEFERRABLE',
    'ID',
  ],
  indexes: [...tableColumns, 'INDEX_NAME', 'IS_UNIQUE', 'INDEX_METHOD', 'COLUMN_NAMES', 'INCLUDE_COLUMNS', 'PREDICATE', 'ID'],
  single: [...tableColumns, ...fieldColumns, 'PRIMARY_KEY', 'UNIQUE', 'REFERENCES', 'PREVIOUS_NAME', 'TABLE_ID', 'ID'],
}

/** Columns that a file may have as well; they are added on save when something needs them. */
const optionalColumns: Readonly<Record<FileKind, readonly KnownColumn[]>> = {
  tables: [],
  fields: ['TABLE_ID', 'COLUMN_TYPE', 'NOT_NULL', 'IDENTITY_GENERATION', 'IS_GENERATED', 'COLLATION_NAME'],
  keys: ['TABLE_ID'],
  references: ['TABLE_ID'],
  indexes: ['TABLE_ID'],
  single: [
    'TABLE_COMMENT',
    'PREVIOUS_TABLE_NAME',
    'TABLE_DETAILS',
    'COLUMN_TYPE',
    'NOT_NULL',
    'IDENTITY_GENERATION',
    'IS_GENERATED',
    'COLLATION_NAME',
  ],
}

/** Other spellings of a header, as clients, spreadsheets and catalogs have them. */
const aliases: Readonly<Partial<Record<KnownColumn, readonly string[]>>> = {
  TABLE_SCHEMA: ['SCHEMA', 'SCHEMA_NAME', 'TABLE_SCHEM', 'TABLE_OWNER', 'OWNER', 'SCHEMANAME', 'NSPNAME'],
  TABLE_NAME: ['TABLE', 'TABLENAME', 'ENTITY', 'ENTITY_NAME', 'RELATION', 'RELNAME'],
  COLUMN_NAME: ['COLUMN', 'FIELD', 'FIELD_NAME', 'COLUMNNAME', 'FIELDNAME', 'ATTRIBUTE', 'ATTNAME', 'NAME'],
  ORDINAL_POSITION: ['ORDINAL', 'POSITION', '#', 'COLUMN_ID', 'ATTNUM', 'NO'],
  DATA_TYPE: ['TYPE', 'DATATYPE', 'TYPE_NAME', 'COLUMN_DATA_TYPE', 'FIELD_TYPE'],
  CHARACTER_MAXIMUM_LENGTH: ['LENGTH', 'MAX_LENGTH', 'MAXLENGTH', 'CHAR_LENGTH', 'CHARACTER_LENGTH', 'SIZE'],
  NUMERIC_PRECISION: ['PRECISION', 'DATA_PRECISION'],
  NUMERIC_SCALE: ['SCALE', 'DATA_SCALE', 'DECIMAL_DIGITS'],
  DATETIME_PRECISION: ['TIME_PRECISION'],
  IS_NULLABLE: ['NULLABLE', 'NULL', 'NULLS', 'ALLOW_NULL', 'ALLOW_NULLS', 'ALLOWS_NULL', 'ISNULLABLE'],
  NOT_NULL: ['NOTNULL', 'REQUIRED', 'MANDATORY'],
  COLUMN_DEFAULT: ['DEFAULT', 'DEFAULT_VALUE', 'DATA_DEFAULT', 'COLUMN_DEF'],
  IS_IDENTITY: ['IDENTITY', 'AUTO_INCREMENT', 'AUTOINCREMENT'],
  IS_GENERATED: ['GENERATED_KIND'],
  GENERATION_EXPRESSION: ['GENERATED', 'COMPUTED', 'EXPRESSION', 'GENERATED_AS', 'COMPUTED_EXPRESSION'],
  COLUMN_COMMENT: ['COMMENT', 'COMMENTS', 'REMARKS', 'DESCRIPTION', 'COLUMN_COMMENTS'],
  TABLE_COMMENT: ['TABLE_REMARKS', 'TABLE_DESCRIPTION'],
  COLLATION_NAME: ['COLLATION'],
  PREVIOUS_NAME: ['OLD_NAME', 'RENAMED_FROM'],
  PRIMARY_KEY: ['PK', 'PRIMARY', 'IS_PRIMARY_KEY', 'KEY'],
  UNIQUE: ['IS_UNIQUE', 'UK', 'UNIQUE_KEY'],
  REFERENCES: ['REFERENCE', 'FOREIGN_KEY', 'FK'],
  COLUMN_NAMES: ['COLUMNS', 'COLUMN_NAME', 'INDEX_COLUMNS'],
  REFERENCED_TABLE_SCHEMA: ['PARENT_SCHEMA', 'TARGET_SCHEMA'],
  REFERENCED_TABLE_NAME: ['REFERENCED_TABLE', 'PARENT_TABLE', 'TARGET_TABLE'],
  REFERENCED_COLUMN_NAMES: ['REFERENCED_COLUMNS', 'REFERENCED_COLUMN_NAME', 'PARENT_COLUMNS', 'TARGET_COLUMNS'],
  UPDATE_RULE: ['ON_UPDATE'],
  DELETE_RULE: ['ON_DELETE'],
  PREDICATE: ['WHERE', 'FILTER', 'FILTER_CONDITION'],
  INDEX_METHOD: ['METHOD', 'INDEX_TYPE'],
}

/** One column of a file, in its place. */
export interface CsvColumn {
  /** The header as it is spelled in the file. */
  readonly header: string
  /** What cells of this column are kept under: the header, made different from the others where it is empty or there twice. */
  readonly key: string
  readonly known: KnownColumn | null
  /** Upper-case FLAVOR.OPTION when the header is one. */
  readonly option: string | null
  /** A known column that is there a second time: kept, not read. */
  readonly isRepeated: boolean
}

/** What each header of a file stands for. Depends on the headers alone, so that load and save agree. */
export function columnsOf(headers: readonly string[], kind: FileKind): readonly CsvColumn[] {
  const wanted = namesOf(kind)
  const exact = headers.map((header) => wanted.get(normal(header)))
  const direct = new Set(exact.flatMap((name) => (name?.isAlias === false ? name.known : [])))
  const taken = new Set<KnownColumn>()
  const keys = new Set<string>()
  return headers.map((header, at) => {
    const key = keyFor(header, at, keys)
    const found = exact[at]
    // An alias gives way to the true name wherever that stands: NAME beside COLUMN_NAME is a column nobody knows.
    const known = found === undefined || (found.isAlias && direct.has(found.known)) ? null : found.known
    const isRepeated = known !== null && taken.has(known)
    if (known !== null) taken.add(known)
    const option = known === null && (kind === 'tables' || kind === 'single') && isOption(header) ? header.toUpperCase() : null
    return { header, key, known: isRepeated ? null : known, option, isRepeated }
  })
}

const isOption = (header: string): boolean => /^[a-z][a-z0-9]*\.[a-z0-9_]+$/iu.test(header)

function keyFor(header: string, at: number, keys: Set<string>): string {
  let key = header
  while (key === '' || keys.has(key)) key += `#${at + 1}`
  keys.add(key)
  return key
}

interface Meaning {
  readonly known: KnownColumn
  readonly isAlias: boolean
}

const cache = new Map<FileKind, ReadonlyMap<string, Meaning>>()

function namesOf(kind: FileKind): ReadonlyMap<string, Meaning> {
  const before = cache.get(kind)
  if (before !== undefined) return before
  const names = new Map<string, Meaning>()
  const known = [...defaultColumns[kind], ...optionalColumns[kind]]
  for (const each of known) names.set(each, { known: each, isAlias: false })
  for (const each of known) for (const alias of aliases[each] ?? []) if (!names.has(alias)) names.set(alias, { known: each, isAlias: true })
  cache.set(kind, names)
  return names
}

/** `column name`, `Column-Name` and `columnName` are COLUMN_NAME. */
const normal = (header: string): string =>
  header
    .trim()
    .replaceAll(/(?<=[a-z])(?=[A-Z])/gu, '_')
    .toUpperCase()
    .replaceAll(/[\s_-]+/gu, '_')
