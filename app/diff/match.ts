import type { Dialect } from '../flavor/dialect.ts'
import type { CatalogTable } from '../flavor/driver.ts'
import { loadedFieldId, loadedTableId } from '../model/loaded-ids.ts'
import type { Table } from '../model/model.ts'
import type { TableLookup } from '../model/resolve.ts'
import type { TableName, TableShape } from '../model/shape.ts'
import { adoptCounters } from './adopt-counters.ts'
import { answersOf } from './answers.ts'
import { declaredShape } from './declared-types.ts'
import type { Answers } from './answers.ts'
import type { RenameAnswer, RenameCandidate } from './candidate.ts'
import { bestPairs, loadedCandidate, matchColumns } from './match-columns.ts'
import { foldName, tableKey } from './names.ts'
import { loadedRenames } from './loaded-renames.ts'
import { pendingRenames } from './previous-names.ts'
import { plausibleTable, tableLikeness } from './similarity.ts'

/** One bookkeeping row: the name that a model object had when it was last deployed. `fieldId` and `column` are '' for the table itself. */
export interface IdentityRecord {
  readonly tableId: string
  readonly fieldId: string
  readonly schema: string
  readonly table: string
  readonly column: string
}

/** A rename by PREVIOUS_NAME that an earlier run did. `column` fields are '' for a table. */
export interface SpentRename {
  readonly table: TableName
  readonly from: string
  readonly to: string
}

export interface MatchInput {
  /** The model's tables that take part. */
  readonly tables: readonly Table[]
  readonly lookup: TableLookup
  readonly catalog: readonly CatalogTable[]
  readonly identities: readonly IdentityRecord[]
  readonly renames: readonly RenameAnswer[]
  readonly spent: readonly SpentRename[]
  readonly dialect: Dialect
}

/** One model table and what it continues. Shapes are in the flavor's normal form. */
export interface TableMatch {
  readonly table: Table
  readonly after: TableShape
  /** `after` as the model alone says it, where the table keeps parts that only the database has. */
  readonly own?: TableShape
  /** `after` with these parts in the database's own words, which are what is written: the normal form is for comparing. */
  readonly written?: TableShape
  readonly old: CatalogTable | null
  readonly before: TableShape | null
  /** Old column name by new column name. */
  readonly columns: ReadonlyMap<string, string>
}

export interface ModelMatch {
  readonly pairs: readonly TableMatch[]
  readonly candidates: readonly RenameCandidate[]
  /** Catalog tables that no model table continues. */
  readonly unmatched: readonly CatalogTable[]
}

/**
 * Which table of the catalog each model table continues, and which column each field does: by recorded identity (only where the catalog still has that name),
 * then PREVIOUS_NAME, then confirmed renames, then the name that a loaded id was made from, then the same qualified name. Pairs that only look alike, and loaded
 * ids that contradict a name, are candidates: to be asked, never assumed.
 */
export function matchModel(input: MatchInput): ModelMatch {
  const { dialect, lookup } = input
  const answers = answersOf(input.renames, dialect)
  const tables = input.tables.map((table) => {
    const given = declaredShape(table, lookup, dialect)
    return { table, given, after: dialect.normalize(given) }
  })
  const { claims, open } = claimTables(input, tables, answers)
  const recorded = new Map(input.identities.filter((row) => row.fieldId !== '').map((row) => [`${row.tableId} ${row.fieldId}`, row.column]))
  const known = new Set(
    input.identities.filter((row) => row.fieldId !== '').map((row) => `${row.tableId} ${foldName(dialect.can, row.column)}`),
  )
  // A table of which no field is known by its id lost its ids (a sheet exported again): what is missing there was not dropped for certain.
  const hasIds = ({ id, fields }: Table) => fields.some((field) => recorded.has(`${id} ${field.id}`))
  const matched = tables.map((one) => {
    const old = claims.get(one.table.id) ?? null
    if (old === null) return { match: { table: one.table, after: one.after, old, before: null, columns: new Map<string, string>() }, candidates: [] }
    const before = dialect.normalize(old.shape)
    const { columns, candidates } = matchColumns({
      ...one,
      before,
      recorded: (fieldId) => recorded.get(`${one.table.id} ${fieldId}`),
      isKnown: (column) => known.has(`${one.table.id} ${foldName(dialect.can, column)}`) && hasIds(one.table),
      loadedId: (column) => loadedFieldId(old.shape, column),
      isSpent: (from, to) => isSpent(input, before, from, to),
      answers,
      dialect,
    })
    const adopted = adoptCounters(one.given, before, one.after, columns)
    const after = dialect.settle?.(adopted, before, columns) ?? adopted
    return { match: { table: one.table, after, old, before, columns }, candidates }
  })
  const taken = new Set(claims.values())
  const unmatched = input.catalog.filter((old) => !taken.has(old))
  const fresh = matched.filter(({ match }) => match.old === null).map(({ match }) => match.after)
  return {
    pairs: matched.map(({ match }) => match),
    candidates: [
      ...open.map(({ from, to }) => loadedCandidate('table', answers.display(from), answers.display(to))),
      ...tableCandidates(
        fresh,
        unmatched.filter((old) => !isDropped(old, input)),
        answers,
      ),
      ...matched.flatMap(({ candidates }) => candidates),
    ],
    unmatched,
  }
}

function isSpent({ spent, dialect }: MatchInput, table: TableName, from: string, to: string): boolean {
  const fold = (name: string) => foldName(dialect.can, name)
  return spent.some(
    (one) => tableKey(dialect.can, one.table) === tableKey(dialect.can, table) && fold(one.from) === from && fold(one.to) === to,
  )
}

type Fresh = Pick<TableMatch, 'table' | 'after'>

interface TableClaims {
  /** What each model table continues, by its id. */
  readonly claims: ReadonlyMap<string, CatalogTable>
  /** Renames of tables that a loaded id tells and the target neither proves nor refutes. */
  readonly open: readonly { readonly from: TableName; readonly to: TableName }[]
}

function claimTables(input: MatchInput, tables: readonly Fresh[], answers: Answers): TableClaims {
  const { dialect } = input
  const key = (name: TableName) => tableKey(dialect.can, name)
  const old = new Map(input.catalog.map((one) => [key(one.shape), one]))
  const claims = new Map<string, CatalogTable>()
  const taken = new Set<CatalogTable>()
  const claim = (id: string, one: CatalogTable | undefined) => {
    if (one === undefined || taken.has(one) || claims.has(id)) return
    claims.set(id, one)
    taken.add(one)
  }
  const records = new Map(input.identities.filter((row) => row.fieldId === '').map((row) => [row.tableId, row]))
  for (const { table } of tables) {
    const record = records.get(table.id)
    if (record !== undefined) claim(table.id, old.get(key({ schema: record.schema, name: record.table })))
  }
  const free = (one: string) => old.has(one) && !taken.has(old.get(one) as CatalogTable)
  const entries = tables
    .filter(({ table }) => table.previousName !== '' && !claims.has(table.id))
    .map(({ table, after }) => ({ table, after, key: key(after), previous: previousKey(table.previousName, after, key, free) }))
  const spent = (one: (typeof entries)[number]) => isSpent(input, { schema: '', name: '' }, one.previous, one.key)
  for (const { table, previous } of pendingRenames(entries, free, spent)) claim(table.id, old.get(previous))
  for (const one of input.catalog) {
    const to = answers.tableAfter(
      one.shape,
      tables.map(({ after }) => after),
    )
    const found = to === undefined ? undefined : tables.find(({ after }) => after === to)
    if (found !== undefined) claim(found.table.id, one)
  }
  const loaded = loadedClaims(input, tables, { old, isFree: (one) => !taken.has(one), claims, answers })
  for (const { table, from } of loaded.certain) claim(table.id, from)
  for (const { table, after } of tables) claim(table.id, old.get(key(after)))
  return { claims, open: loaded.open.map(({ from, after }) => ({ from: from.shape, to: after })) }
}

interface Claiming {
  readonly old: ReadonlyMap<string, CatalogTable>
  readonly isFree: (one: CatalogTable) => boolean
  readonly claims: ReadonlyMap<string, CatalogTable>
  readonly answers: Answers
}

/** Tables whose id was made from the name of a table that is there under that name still. */
function loadedClaims({ catalog, dialect }: MatchInput, tables: readonly Fresh[], { old, isFree, claims, answers }: Claiming) {
  const byId = new Map(
    catalog.filter((one) => isFree(one) && !answers.isDeniedTable(one.shape)).map((one) => [loadedTableId(one.shape), one]),
  )
  const entries = tables.flatMap(({ table, after }) => {
    const from = claims.has(table.id) ? undefined : byId.get(table.id)
    return from === undefined ? [] : [{ table, after, from, key: tableKey(dialect.can, after), previous: tableKey(dialect.can, from.shape) }]
  })
  return loadedRenames(entries, (one) => old.has(one))
}

/** A table that was deployed for a model table which is gone, while others of the model are known: the person dropped it, and nothing needs to be asked. */
function isDropped(old: CatalogTable, { identities, tables, dialect }: MatchInput): boolean {
  const mine = new Set(tables.map(({ id }) => id))
  const rows = identities.filter((row) => row.fieldId === '')
  const key = tableKey(dialect.can, old.shape)
  return (
    rows.some((row) => mine.has(row.tableId)) && rows.some((row) => tableKey(dialect.can, { schema: row.schema, name: row.table }) === key)
  )
}

/** PREVIOUS_NAME of a table is a bare name in its own schema, or `schema.name` when that is a table. */
function previousKey(previous: string, after: TableName, key: (name: TableName) => string, has: (key: string) => boolean): string {
  const bare = key({ schema: after.schema, name: previous })
  const dot = previous.indexOf('.')
  if (has(bare) || dot < 0) return bare
  return key({ schema: previous.slice(0, dot), name: previous.slice(dot + 1) })
}

/** Only tables that share a column are compared, so a thousand new tables beside a thousand others stay quick. */
function tableCandidates(fresh: readonly TableShape[], unmatched: readonly CatalogTable[], answers: Answers): readonly RenameCandidate[] {
  const holders = new Map<string, CatalogTable[]>()
  for (const one of unmatched) {
    if (answers.isDeniedTable(one.shape)) continue
    for (const { name } of one.shape.columns) {
      const list = holders.get(name)
      if (list === undefined) holders.set(name, [one])
      else list.push(one)
    }
  }
  const pairs = fresh.flatMap((to) => {
    const shared = new Map<CatalogTable, number>()
    for (const { name } of to.columns) for (const one of holders.get(name) ?? []) shared.set(one, (shared.get(one) ?? 0) + 1)
    const near = [...shared].filter(([one, count]) => count * 2 >= Math.max(to.columns.length, one.shape.columns.length))
    return near.map(([one]) => ({ from: one.shape, to, ...tableLikeness(one.shape, to) }))
  })
  return bestPairs(pairs, plausibleTable).map(({ from, to, score, why }) => ({
    kind: 'table',
    from: answers.display(from),
    to: answers.display(to),
    score,
    why,
  }))
}
