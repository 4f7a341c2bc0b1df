import { emptyTable } from '../../model/build.ts'
import type { Finding } from '../../model/finding.ts'
import type { Field, Id, Table } from '../../model/model.ts'
import { nameKey } from '../../model/names.ts'
import type { CsvRow, CsvTable } from './read.ts'

/** A table while its rows are being gathered. */
export interface TableDraft {
  table: Table
  /** Whether the id came from the file. */
  hasOwnId: boolean
  readonly fields: FieldDraft[]
  /** The first TABLE_DETAILS cell that is not empty. */
  details: { readonly text: string; readonly row: CsvRow } | null
}

/** A field with what its row says about its place and its keys. */
export interface FieldDraft {
  readonly field: Field
  /** ORDINAL_POSITION; null when it is not given or no number. */
  readonly ordinal: number | null
  readonly primaryKey: string
  readonly unique: string
  readonly references: string
  readonly row: number
  readonly file: string
}

/** Everything that is shared while a model is read. */
export class Drafts {
  readonly drafts: TableDraft[] = []
  readonly findings: Finding[] = []
  readonly unread: Record<string, (readonly string[])[]> = {}
  private readonly newId: () => Id
  private readonly used = new Set<string>()
  private readonly byId = new Map<Id, TableDraft>()
  private anywhere: Map<string, TableDraft | null> | null = null
  private readonly byName = new Map<string, TableDraft[]>()

  constructor(newId: () => Id) {
    this.newId = newId
  }

  /** The id of a cell where it is given and not taken yet, else a new one. Finding: CSV_ID_REPEATED. */
  idOf(cell: string, source: CsvTable, row: CsvRow): Id {
    if (cell !== '' && !this.used.has(cell)) {
      this.used.add(cell)
      return cell
    }
    if (cell !== '')
      this.warn('CSV_ID_REPEATED', source, row, 'ID', `the id ${cell} is there twice; a copied row needs an empty ID. A new id was given.`)
    let id = this.newId()
    while (this.used.has(id)) id = this.newId()
    this.used.add(id)
    return id
  }

  /** The table of this name, or of this name and id where two tables share the name; null when there is none. */
  find(schema: string, name: string, id = ''): TableDraft | null {
    const drafts = this.byName.get(nameKey(schema, name))
    return drafts?.find((draft) => id !== '' && draft.table.id === id) ?? drafts?.[0] ?? null
  }

  findById(id: Id): TableDraft | null {
    return this.byId.get(id) ?? null
  }

  /** The only table of this name in any schema; null when there is none, or more. */
  findAnywhere(name: string): TableDraft | null {
    if (this.anywhere === null) {
      this.anywhere = new Map()
      for (const draft of this.drafts) this.anywhere.set(draft.table.name, this.anywhere.has(draft.table.name) ? null : draft)
    }
    return this.anywhere.get(name) ?? null
  }

  add(table: Table, hasOwnId: boolean): TableDraft {
    const draft: TableDraft = { table, hasOwnId, fields: [], details: null }
    this.drafts.push(draft)
    this.byId.set(table.id, draft)
    const key = nameKey(table.schema, table.name)
    const same = this.byName.get(key)
    if (same === undefined) this.byName.set(key, [draft])
    else same.push(draft)
    return draft
  }

  /** The table that a row belongs to: by name; by TABLE_ID among tables of one name; made when it is new. */
  tableOf(schema: string, name: string, id: string, source: CsvTable, row: CsvRow): TableDraft {
    const found = this.find(schema, name, id)
    const isFree = id !== '' && !this.used.has(id)
    if (found !== null && (id === '' || found.table.id === id || !isFree)) return found
    if (found !== null && !found.hasOwnId) {
      this.byId.delete(found.table.id)
      found.table = { ...found.table, id }
      found.hasOwnId = true
      this.used.add(id)
      this.byId.set(id, found)
      return found
    }
    return this.add(emptyTable(this.idOf(isFree ? id : '', source, row), name, schema), isFree)
  }

  /** Keeps a row that says nothing usable, to be written back. */
  keepUnread(source: CsvTable, row: CsvRow): void {
    const key = source.kind === 'single' ? '' : `${source.kind}.csv`
    ;(this.unread[key] ??= []).push(row.cells)
  }

  error(code: string, source: CsvTable, row: CsvRow, column: string, message: string): void {
    this.say(code, 'error', source, row, column, message)
  }

  warn(code: string, source: CsvTable, row: CsvRow, column: string, message: string): void {
    this.say(code, 'warning', source, row, column, message)
  }

  private say(code: string, severity: Finding['severity'], source: CsvTable, row: CsvRow, column: string, message: string): void {
    const at = column === '' ? '' : `, column ${column}`
    const path = column === '' ? { file: source.file, row: row.row } : { file: source.file, row: row.row, column }
    this.findings.push({ code, severity, path, message: `${source.file}, row ${row.row}${at}: ${message}` })
  }
}
