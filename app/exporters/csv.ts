import { noCells } from '../loaders/csv/cells.ts'
import { columnsOf, defaultColumns } from '../loaders/csv/columns.ts'
import type { FileKind, KnownColumn } from '../loaders/csv/columns.ts'
import { renderParts } from '../loaders/csv/lists.ts'
import type { Cells, Model, Table } from '../model/model.ts'
import { addNeeded, fieldCells } from './csv/field-cells.ts'
import { namingOf } from './csv/names.ts'
import type { Naming } from './csv/names.ts'
import { writeSheet } from './csv/sheet.ts'
import type { Sheet, SheetRow } from './csv/sheet.ts'
import { singleForms, tableCellOf } from './csv/single.ts'

export interface SaveCsvOptions {
  readonly kind: 'single' | 'directory'
  /** Puts an apostrophe before cells that a spreadsheet would run as a formula. For handing out only: such a file does not load back equal. */
  readonly spreadsheetSafe?: boolean
}

/**
 * The files of a model: one (named after the model), or tables, fields, keys, references and indexes.csv. Equal models give equal bytes, and what
 * the source had stays where it was. `loadCsvModel` gives the model back (a single file gives keys and references of its short forms new ids).
 * Error: TEXT_NOT_SAVABLE.
 */
export function saveCsvModel(model: Model, options: SaveCsvOptions): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  const naming = namingOf(model)
  const format = { layout: model.layout, spreadsheetSafe: options.spreadsheetSafe === true }
  if (options.kind === 'single') return [{ name: `${model.name}.csv`, bytes: writeSheet(singleSheet(model, naming), format) }]
  const sheets = [tablesSheet(model), fieldsSheet(model, naming), ...partSheets(model, naming)]
  return sheets.map((sheet) => ({ name: sheet.key, bytes: writeSheet(sheet, format) }))
}

function tablesSheet(model: Model): Sheet {
  const rows = model.tables.map((table): SheetRow => {
    const cells = new Map<KnownColumn, string>([
      ['TABLE_SCHEMA', table.schema],
      ['TABLE_NAME', table.name],
      ['TABLE_COMMENT', table.comment],
      ['PREVIOUS_NAME', table.previousName],
      ['ID', table.id],
    ])
    return { known: (column) => cells.get(column) ?? '', options: table.options, kept: [table.extra, table.invalid] }
  })
  return { kind: 'tables', key: 'tables.csv', rows, needed: new Set(defaultColumns.tables) }
}

/** Known columns that the written file will have: those of its source, or the usual ones, and the needed. */
function columnsThere(model: Model, kind: FileKind, key: string, needed: ReadonlySet<KnownColumn>): ReadonlySet<KnownColumn> {
  const source = model.layout !== undefined && Object.hasOwn(model.layout.headers, key) ? model.layout.headers[key] : undefined
  const known = source === undefined ? defaultColumns[kind] : columnsOf(source, kind).flatMap((column) => column.known ?? [])
  return new Set([...known, ...needed])
}

const alwaysNeeded = ['TABLE_NAME', 'COLUMN_NAME', 'DATA_TYPE'] as const

function neededOf(model: Model, also: readonly KnownColumn[]): Set<KnownColumn> {
  const needed = new Set<KnownColumn>(alwaysNeeded)
  for (const table of model.tables) {
    if (table.schema !== '') needed.add('TABLE_SCHEMA')
    for (const field of table.fields) addNeeded(field, needed)
  }
  for (const column of also) needed.add(column)
  return needed
}

function fieldsSheet(model: Model, naming: Naming): Sheet {
  const needed = neededOf(model, naming.hasTwins ? ['TABLE_ID', 'ID'] : ['ID'])
  const cellsOf = fieldCells(columnsThere(model, 'fields', 'fields.csv', needed))
  const rows: SheetRow[] = []
  for (const table of model.tables) {
    table.fields.forEach((field, at) => {
      rows.push({ known: (column) => cellsOf(table, field, at, column), options: noCells, kept: [field.extra, field.invalid] })
    })
  }
  return { kind: 'fields', key: 'fields.csv', rows, needed }
}

function singleSheet(model: Model, naming: Naming): Sheet {
  const needed = neededOf(model, ['TABLE_ID', 'ID'])
  const formsOf = singleForms(model, naming)
  const rows: SheetRow[] = []
  const cellsOf = fieldCells(columnsThere(model, 'single', '', neededOf(model, [])))
  for (const table of model.tables) {
    const { short, details } = formsOf(table)
    if (table.comment !== '') needed.add('TABLE_COMMENT')
    if (table.previousName !== '') needed.add('PREVIOUS_TABLE_NAME')
    if (details !== '') needed.add('TABLE_DETAILS')
    const own = (column: KnownColumn): string => tableCellOf(table, details, column)
    if (table.fields.length === 0) rows.push(tableRow(table, own))
    table.fields.forEach((field, at) => {
      const { primaryKey = '', unique = '', references = '' } = short.get(field.id) ?? {}
      if (primaryKey !== '') needed.add('PRIMARY_KEY').add('IS_NULLABLE')
      if (unique !== '') needed.add('UNIQUE')
      if (references !== '') needed.add('REFERENCES')
      const known = (column: KnownColumn): string => {
        if (column === 'PRIMARY_KEY') return primaryKey
        if (column === 'UNIQUE') return unique
        if (column === 'REFERENCES') return references
        return cellsOf(table, field, at, column) || (at === 0 ? own(column) : '')
      }
      rows.push({ known, options: at === 0 ? table.options : noCells, kept: [field.extra, field.invalid] })
    })
  }
  return { kind: 'single', key: '', rows, needed }
}

/** The row of a table without fields: no column name and no id. */
function tableRow(table: Table, own: (column: KnownColumn) => string): SheetRow {
  const named: Partial<Record<KnownColumn, string>> = { TABLE_SCHEMA: table.schema, TABLE_NAME: table.name, TABLE_ID: table.id }
  return { known: (column) => named[column] ?? own(column), options: table.options, kept: [noCells, noCells] }
}

function partSheets(model: Model, naming: Naming): readonly Sheet[] {
  const sheet = (kind: 'keys' | 'references' | 'indexes', rows: (table: Table, naming: Naming) => readonly SheetRow[]): Sheet => {
    const needed = new Set(
      defaultColumns[kind].filter((column) => column !== 'TABLE_SCHEMA' || model.tables.some((table) => table.schema !== '')),
    )
    if (naming.hasTwins) needed.add('TABLE_ID')
    return { kind, key: `${kind}.csv`, rows: model.tables.flatMap((table) => rows(table, naming)), needed }
  }
  return [sheet('keys', keyRows), sheet('references', referenceRows), sheet('indexes', indexRows)]
}

type PartCells = Partial<Record<KnownColumn, string>>

function partRow(table: Table, part: { readonly id: string; readonly extra?: Cells }, cells: PartCells): SheetRow {
  const all: PartCells = { TABLE_SCHEMA: table.schema, TABLE_NAME: table.name, TABLE_ID: table.id, ID: part.id, ...cells }
  return { known: (column) => all[column] ?? '', options: noCells, kept: [part.extra ?? noCells, noCells] }
}

const keyRows = (table: Table, naming: Naming): readonly SheetRow[] => [
  ...table.keys.map((key) =>
    partRow(table, key, {
      CONSTRAINT_NAME: key.name,
      CONSTRAINT_TYPE: key.kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE',
      COLUMN_NAMES: naming.list(table, key.fields),
    }),
  ),
  ...table.checks.map((check) =>
    partRow(table, check, { CONSTRAINT_NAME: check.name, CONSTRAINT_TYPE: 'CHECK', CHECK_CLAUSE: check.expression }),
  ),
]

const referenceRows = (table: Table, naming: Naming): readonly SheetRow[] =>
  table.references.map((reference) => {
    const target = naming.target(reference.target)
    return partRow(table, reference, {
      CONSTRAINT_NAME: reference.name,
      COLUMN_NAMES: naming.list(table, reference.fields),
      REFERENCED_TABLE_SCHEMA: target.schema,
      REFERENCED_TABLE_NAME: target.table,
      REFERENCED_COLUMN_NAMES: target.columns,
      UPDATE_RULE: reference.onUpdate.toUpperCase(),
      DELETE_RULE: reference.onDelete.toUpperCase(),
      DEFERRABLE: deferrableWords[reference.deferrable],
    })
  })

const indexRows = (table: Table, naming: Naming): readonly SheetRow[] =>
  table.indexes.map((index) => {
    const parts = index.parts.map(({ field, expression, order, nulls }) => {
      const item = field === null ? ({ by: 'expression', expression } as const) : naming.item(table, field)
      return { item, order, nulls }
    })
    return partRow(table, index, {
      INDEX_NAME: index.name,
      IS_UNIQUE: index.unique ? 'YES' : 'NO',
      INDEX_METHOD: index.method,
      COLUMN_NAMES: renderParts(parts),
      INCLUDE_COLUMNS: naming.list(table, index.include),
      PREDICATE: index.predicate,
    })
  })

const deferrableWords = { no: 'NO', immediate: 'INITIALLY IMMEDIATE', deferred: 'INITIALLY DEFERRED' } as const
