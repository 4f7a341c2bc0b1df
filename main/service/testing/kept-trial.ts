import Database from 'better-sqlite3'
import { saveCsvModel } from '../../../app/exporters/csv.ts'
import { loadCsvModel } from '../../../app/loaders/csv/load.ts'
import { modelFromShapes } from '../../../app/model/from-shapes.ts'
import { countedIds } from '../../../app/model/id.ts'
import { emptyField } from '../../../app/model/build.ts'
import type { Model, Table } from '../../../app/model/model.ts'
import { ownTablesOut } from '../../../app/commands/plan-command.ts'
import { undoRun } from '../../../app/run/undo.ts'
import { readCreateText } from '../../../flavors/sqlite/dialect/create-text.ts'
import { diceOf, oddTable, quoted, type OddTable } from './odd-tables.ts'
import { sqliteTarget } from './target.ts'
import { workbench, type Workbench } from './workbench.ts'

/** What one odd table did not keep when one field of its model was changed, and taken back; [] when it kept everything. `did`: what was changed. */
export interface Trial {
  readonly did: string
  readonly complaints: readonly string[]
}

/** Makes the odd table of `seed`, loads it, saves the model as CSV and back, changes one field, redeploys and undoes. */
export async function tryKept(seed: number): Promise<Trial> {
  const dice = diceOf(seed)
  const odd = oddTable(dice)
  const bench = workbench(await sqliteTarget())
  const path = bench.target.url.slice('sqlite:'.length)
  try {
    const database = new Database(path)
    try {
      for (const text of odd.statements) database.exec(text)
      for (const text of odd.rows) tryRow(database, text)
    } catch (error) {
      // A table that SQLite itself refuses proves nothing.
      return { did: `nothing: ${String(error)}`, complaints: [] }
    } finally {
      database.close()
    }
    const before = stateOf(path, odd)
    const change = changeOf(odd, dice(6), dice)
    const kept = stateOf(path, without(odd, change.dropped)).rows
    const model = throughCsv(await loaded(bench))
    const changed = { ...model, tables: model.tables.map((table) => (table.name === odd.name ? change.model(table) : table)) }
    const options = { allowLossy: true, includeUnchanged: change.did === 'rebuilds everything' }
    const renames = change.renamed === null ? [] : [{ from: `${odd.name}.${change.renamed.from}`, to: `${odd.name}.${change.renamed.to}` }]
    const answer = await bench.plan('redeploy', changed, { ...options, renames })
    if (answer.plan === null) return { did: change.did, complaints: [`no plan: ${JSON.stringify(answer.findings)} ${JSON.stringify(answer.candidates)}`] }
    const errors = answer.plan.findings.filter(({ severity }) => severity === 'error')
    if (errors.length > 0) return { did: change.did, complaints: errors.map(({ message }) => `refused: ${message}`) }
    const { run } = await bench.deploy('redeploy', changed, { ...options, renames })
    const after = stateOf(path, without(odd, change.dropped), change.renamed)
    const complaints = compare(change.dropped === undefined ? before : { ...before, rows: kept }, after, change)
    const undone = await undoRun(run.id, bench.context())
    if (undone.state !== 'undone') complaints.push(`undo: ${undone.error?.message ?? undone.state}`)
    const back = stateOf(path, odd)
    const text = (state: State) => (change.renamed === null ? state.schema : state.schema.map((one) => one.replaceAll('"', '')))
    complaints.push(...differ('schema after undo', text(before), text(back)), ...differ('rows after undo', before.rows, back.rows))
    return { did: change.did, complaints }
  } finally {
    await bench.close()
  }
}

interface State {
  /** Every text of the schema but our own, sorted. */
  readonly schema: readonly string[]
  readonly create: string
  /** Per row: its number, then type and value of each column, in the order of the columns before the change. */
  readonly rows: readonly string[]
}

interface Renamed {
  readonly from: string
  readonly to: string
}

function stateOf(path: string, odd: OddTable, renamed: Renamed | null = null): State {
  const database = new Database(path, { readonly: true })
  try {
    const schema = database.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '%metamigrate%' AND name NOT LIKE '%\\_\\_mm\\_%' ESCAPE '\\'").all() as { name: string; sql: string }[]
    const names = odd.columns.map((column) => (column === renamed?.from ? renamed.to : column))
    const cells = names.map((column) => `typeof(${quoted(column)}) || ' ' || coalesce(hex(CAST(${quoted(column)} AS BLOB)), '') || ' ' || quote(${quoted(column)})`)
    const list = [...(odd.rowid === null ? [] : [odd.rowid]), ...cells].join(" || ' | ' || ")
    const rows = database.prepare(`SELECT ${list} FROM ${quoted(odd.name)}`).pluck().all() as string[]
    return { schema: schema.map(({ sql }) => sql).toSorted(), create: schema.find(({ name }) => name === odd.name)?.sql ?? '', rows: rows.toSorted() }
  } finally {
    database.close()
  }
}

async function loaded(bench: Workbench): Promise<Model> {
  const connection = await bench.target.open()
  try {
    return modelFromShapes(ownTablesOut(await connection.introspect(), connection.dialect).tables.map(({ shape }) => shape), countedIds())
  } finally {
    await connection.close()
  }
}

const throughCsv = (model: Model): Model => loadCsvModel(saveCsvModel(model, { kind: 'directory' }), { newId: countedIds('csv'), name: model.name }).model

interface Change {
  readonly did: string
  readonly model: (table: Table) => Table
  readonly renamed: Renamed | null
  /** The column whose definition may differ. */
  readonly touched: string | null
  readonly added: string | null
  readonly dropped?: string
}

function changeOf(odd: OddTable, kind: number, dice: (below: number) => number): Change {
  // SQLite renames no column that is called like the rowid.
  const free = odd.free.filter((one) => kind !== 0 || (one !== 'rowid' && one !== 'oid'))
  const column = free[dice(free.length)] ?? ''
  const edit = (change: (field: Table['fields'][number]) => Table['fields'][number]) => (table: Table): Table => ({ ...table, fields: table.fields.map((field) => (field.name === column ? change(field) : field)) })
  if (kind === 0 && column !== '') return { did: `renames ${column}`, model: edit((field) => ({ ...field, name: 'renamed' })), renamed: { from: column, to: 'renamed' }, touched: null, added: null }
  if (kind === 1 && column !== '') return { did: `another default of ${column}`, model: edit((field) => ({ ...field, default: field.default === "'other'" ? null : "'other'" })), renamed: null, touched: column, added: null }
  if (kind === 2) return { did: 'an index on a column', model: (table) => ({ ...table, indexes: [...table.indexes, { id: 'new', name: 'new_index', unique: false, method: '', parts: [{ field: table.fields[0]?.id ?? '', expression: '', order: 'asc', nulls: '' }], include: [], predicate: '' }] }), renamed: null, touched: null, added: null }
  if (kind === 3) return { did: 'rebuilds everything', model: (table) => table, renamed: null, touched: null, added: null }
  if (kind === 4 && column !== '' && odd.columns.length > 2) return { did: `drops ${column}`, model: (table) => ({ ...table, fields: table.fields.filter((field) => field.name !== column) }), renamed: null, touched: null, added: null, dropped: column }
  return { did: 'adds a field', model: (table) => ({ ...table, fields: [...table.fields.slice(0, 1), emptyField('new', 'added'), ...table.fields.slice(1)] }), renamed: null, touched: null, added: 'added' }
}

/** The table without a column, whose values are not asked for. */
const without = (odd: OddTable, dropped: string | undefined): OddTable => ({ ...odd, columns: odd.columns.filter((column) => column !== dropped) })

function compare(before: State, after: State, { renamed, touched, added, dropped }: Change): string[] {
  const expected = renamed === null ? before.create : asRenamed(before, renamed)
  const parts = (text: string) => (readCreateText(text)?.items ?? []).map((item) => ({ name: item.column?.name ?? null, text: text.slice(item.start, item.end).trim() })).filter(({ name }) => name !== touched && name !== added && (dropped === undefined || name !== dropped))
  const others = (state: State) => state.schema.filter((text) => text !== state.create && !text.includes('new_index'))
  return [
    ...differ('columns and constraints', parts(expected).map(({ text }) => text), parts(after.create).map(({ text }) => text)),
    ...(touched === null && added === null && dropped === undefined ? differ('text of the table', [expected], [after.create]) : []),
    ...(renamed === null ? differ('other texts', others(before), others(after)) : []),
    ...differ('rows', before.rows, after.rows),
  ]
}

/** A row that the table refuses is left out. */
function tryRow(database: Database.Database, text: string): void {
  try {
    database.exec(text)
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || !/^SQLITE_(?:CONSTRAINT|MISMATCH)/.test(error.code)) throw error
  }
}

/** The text that SQLite's own RENAME makes of it. */
function asRenamed({ create }: State, { from, to }: Renamed): string {
  const database = new Database(':memory:')
  database.exec(create)
  const name = String(database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().get())
  database.exec(`ALTER TABLE ${quoted(name)} RENAME COLUMN ${quoted(from)} TO ${quoted(to)}`)
  return String(database.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table'").pluck().get())
}

const differ = (what: string, before: readonly string[], after: readonly string[]): readonly string[] =>
  JSON.stringify(before) === JSON.stringify(after) ? [] : [`${what}: ${JSON.stringify(before.filter((one) => !after.includes(one)))} became ${JSON.stringify(after.filter((one) => !before.includes(one)))}`]
