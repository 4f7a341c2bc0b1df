import { MetaMigrateError, messageOf } from '../../errors.ts'
import type { Finding } from '../../model/finding.ts'
import type { Id, Model, ModelLayout, Table } from '../../model/model.ts'
import type { FileKind } from './columns.ts'
import { parseDetails } from './details.ts'
import { Drafts } from './drafts.ts'
import type { TableDraft } from './drafts.ts'
import { fieldReader } from './fields.ts'
import { catalogOf, mysqlSystemSchemas, systemSchemas } from './origin.ts'
import { readParts } from './parts.ts'
import { readCsv } from './read.ts'
import type { CsvFile, CsvRow, CsvTable } from './read.ts'
import { readShort, resolveShort } from './short-forms.ts'
import { readOptions, readTables } from './tables.ts'

export interface LoadedCsv {
  readonly model: Model
  /** What could not be read, with file, row, column and what was expected. Validation is separate. */
  readonly findings: readonly Finding[]
  readonly kind: 'single' | 'directory'
}

/**
 * The model of one CSV file, or of the files of a model directory (fields.csv, and any of tables, keys, references, indexes.csv; other files are left
 * alone). Whatever cannot be read is a finding and is written back on save; the rest loads.
 * Errors: CSV_HEADER_MISSING (no column of names), MODEL_NOT_FOUND, and those of `readCsv`.
 */
export function loadCsvModel(files: readonly CsvFile[], options: { readonly newId: () => Id; readonly name: string }): LoadedCsv {
  const sources = sourcesOf(files)
  const drafts = new Drafts(options.newId)
  const source = (kind: FileKind): CsvTable | undefined => sources.find((each) => each.kind === kind)
  const [tables, fields, single] = [source('tables'), source('fields'), source('single')]
  if (tables !== undefined) readTables(tables, drafts)
  const main = single ?? fields
  if (main !== undefined) readFields(main, drafts)
  for (const draft of drafts.drafts) finishFields(draft)
  if (main !== undefined) for (const draft of drafts.drafts) readShortForms(draft, main, drafts, options.newId)
  for (const each of sources) if (each.kind === 'keys' || each.kind === 'references' || each.kind === 'indexes') readParts(each, drafts)
  const model: Model = { name: options.name, tables: drafts.drafts.map((draft) => draft.table), layout: layoutOf(sources, drafts) }
  return {
    model,
    findings: [...sources.flatMap((each) => each.findings), ...drafts.findings],
    kind: single === undefined ? 'directory' : 'single',
  }
}

const fileKinds: Readonly<Record<string, FileKind>> = {
  'tables.csv': 'tables',
  'fields.csv': 'fields',
  'keys.csv': 'keys',
  'references.csv': 'references',
  'indexes.csv': 'indexes',
}

/** Which files of a directory belong to a model: a host lists these names (any case) and hands their bytes in. */
export const modelFileNames: readonly string[] = Object.keys(fileKinds)

function sourcesOf(files: readonly CsvFile[]): readonly CsvTable[] {
  const known = files.flatMap((file) => {
    const kind = fileKinds[(file.name.split(/[\\/]/u).at(-1) ?? '').toLowerCase()]
    return kind === undefined ? [] : [{ file, kind }]
  })
  if (known.length > 0) return known.map(({ file, kind }) => readCsv(file, kind))
  const [only, ...more] = files
  if (only === undefined || more.length > 0) {
    throw new MetaMigrateError('MODEL_NOT_FOUND', 'No model here: expected one CSV file, or a folder with fields.csv.', {
      files: files.map((file) => file.name),
    })
  }
  return [readCsv(only, 'single')]
}

function readFields(source: CsvTable, drafts: Drafts): void {
  if (!source.places.has('COLUMN_NAME')) {
    const headers = source.columns.map((column) => column.header).filter((header) => header !== '')
    const message = `${source.file} has no column COLUMN_NAME (or field, column); its first line must name the columns. Found: ${headers.slice(0, 12).join(', ').slice(0, 300)}.`
    throw new MetaMigrateError('CSV_HEADER_MISSING', message, { file: source.file, headers })
  }
  if (!source.places.has('DATA_TYPE') && !source.places.has('COLUMN_TYPE')) {
    const message = `${source.file} has no column DATA_TYPE (or type); the fields are without a type.`
    source.findings.push({ code: 'CSV_HEADER_MISSING', severity: 'error', path: { file: source.file, row: 1 }, message })
  }
  const readField = fieldReader(source, drafts)
  const isSystem = systemSchemaOf(source)
  const named = source.places.get('TABLE_NAME')
  const [schemaAt, idAt, fieldIdAt, nameAt, typeAt] = (['TABLE_SCHEMA', 'TABLE_ID', 'ID', 'COLUMN_NAME', 'DATA_TYPE'] as const).map(
    (known) => source.places.get(known) ?? -1,
  )
  const fileName = source.file.replace(/^.*[\\/]/u, '').replace(/\.[^.]*$/u, '')
  let system = 0
  for (const row of source.rows) {
    const cell = (at = -1): string => row.cells[at] ?? ''
    const schema = cell(schemaAt)
    const name = named === undefined ? fileName : cell(named)
    if (isSystem(schema)) {
      system++
      drafts.keepUnread(source, row)
    } else if (name === '' && cell(fieldIdAt) === '' && cell(idAt) === '') {
      drafts.error('TABLE_NAME_MISSING', source, row, 'TABLE_NAME', 'the row has no table name. It is kept but not used.')
      drafts.keepUnread(source, row)
    } else {
      const draft = drafts.tableOf(schema, name, cell(idAt), source, row)
      if (source.kind === 'single') readTableCells(draft, source, row)
      if (source.kind !== 'single' || cell(nameAt) !== '' || cell(fieldIdAt) !== '' || cell(typeAt) !== '')
        draft.fields.push(readField(row))
    }
  }
  if (system > 0) {
    const message = `${source.file}: ${system} rows of the server's own schemas are not part of the model; they are kept in the file.`
    source.findings.push({ code: 'CSV_SYSTEM_ROWS', severity: 'info', path: { file: source.file }, message })
  }
}

function systemSchemaOf(source: CsvTable): (schema: string) => boolean {
  const isMysql = catalogOf(source) === 'mysql'
  const known = new Map<string, boolean>()
  return (schema) => {
    const before = known.get(schema)
    if (before !== undefined) return before
    const folded = schema.toLowerCase()
    const answer = systemSchemas.has(folded) || (isMysql && mysqlSystemSchemas.has(folded))
    known.set(schema, answer)
    return answer
  }
}

/** In a single file the properties of a table stand in any of its rows (the first that is not empty counts). */
function readTableCells(draft: TableDraft, source: CsvTable, row: CsvRow): void {
  const get = (known: 'TABLE_COMMENT' | 'PREVIOUS_TABLE_NAME'): string => row.cells[source.places.get(known) ?? -1] ?? ''
  const [comment, previousName] = [get('TABLE_COMMENT'), get('PREVIOUS_TABLE_NAME')]
  const details = row.cells[source.places.get('TABLE_DETAILS') ?? -1] ?? ''
  if (details !== '') draft.details ??= { text: details, row }
  const options = readOptions(source.columns, row.cells)
  if (comment === '' && previousName === '' && Object.keys(options).length === 0) return
  const { table } = draft
  draft.table = {
    ...table,
    comment: table.comment || comment,
    previousName: table.previousName || previousName,
    options: { ...options, ...table.options },
  }
}

/** By ORDINAL_POSITION where each field has one of its own (a catalog query has no order), else as the rows stand. */
function finishFields(draft: TableDraft): void {
  const ordinals = new Set(draft.fields.map((field) => field.ordinal))
  if (!ordinals.has(null) && ordinals.size === draft.fields.length)
    draft.fields.sort((one, other) => (one.ordinal ?? 0) - (other.ordinal ?? 0))
  draft.table = { ...draft.table, fields: draft.fields.map(({ field }) => field) }
}

function readShortForms(draft: TableDraft, source: CsvTable, drafts: Drafts, newId: () => Id): void {
  const rows = draft.fields.map((each) => ({ field: each.field, cells: each }))
  if (rows.some(({ cells }) => cells.primaryKey !== '' || cells.unique !== '' || cells.references !== '')) {
    const find = (schema: string | null, name: string): Table | null => {
      const own = drafts.find(schema ?? draft.table.schema, name)
      return (own ?? (schema === null ? drafts.findAnywhere(name) : null))?.table ?? null
    }
    draft.table = { ...draft.table, ...readShort(rows, (text) => resolveShort(draft.table, text, find), newId) }
  }
  const at = source.kind === 'single' ? source.places.get('TABLE_DETAILS') : undefined
  if (at !== undefined) readDetails(draft, source, at, drafts)
}

function readDetails(draft: TableDraft, source: CsvTable, at: number, drafts: Drafts): void {
  const cell = draft.details
  if (cell === null) return
  try {
    draft.table = { ...draft.table, ...parseDetails(cell.text) }
  } catch (error) {
    const header = source.columns[at]?.header ?? ''
    drafts.error('CELL_UNREADABLE', source, cell.row, header, `${messageOf(error)} The cell is kept as it is.`)
    draft.table = { ...draft.table, invalid: { ...draft.table.invalid, TABLE_DETAILS: cell.text } }
  }
}

function layoutOf(sources: readonly CsvTable[], drafts: Drafts): ModelLayout {
  const main = sources.find((each) => each.kind === 'fields' || each.kind === 'single') ?? sources[0]
  const headers = Object.fromEntries(sources.map((each) => [layoutKey(each), each.columns.map((column) => column.header)]))
  const base: ModelLayout = {
    headers,
    ...(main === undefined ? {} : { delimiter: main.delimiter, encoding: main.encoding, newline: main.newline }),
  }
  return Object.keys(drafts.unread).length === 0 ? base : { ...base, unread: drafts.unread }
}

const layoutKey = (source: CsvTable): string => (source.kind === 'single' ? '' : `${source.kind}.csv`)
