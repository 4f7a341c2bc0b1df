import type { Rows, Value } from '../../flavor.ts'

/** One row of sqlite_schema; `sql` '' for automatic indexes. */
export interface SchemaObject {
  readonly type: string
  readonly name: string
  readonly table: string
  readonly sql: string
}

/** Everything the catalog tells, by table name: read with a fixed number of queries whatever the number of tables. */
export interface RawCatalog {
  readonly objects: readonly SchemaObject[]
  readonly tables: readonly { readonly name: string; readonly type: string; readonly withoutRowid: boolean; readonly strict: boolean }[]
  readonly columns: ReadonlyMap<string, readonly RawColumn[]>
  /** Rows of sqlite_stat1, where ANALYZE was run: table name -> rows. */
  readonly rows: ReadonlyMap<string, number>
}

export interface RawColumn {
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  readonly default: string | null
  /** Position in the primary key, from 1; 0 when not in it. */
  readonly key: number
  readonly hidden: 'no' | 'virtual' | 'stored' | 'internal'
}

type Query = (text: string) => Promise<Rows>

/** Catalog queries. Source: sqlite.org/pragma.html (table-valued pragmas) and sqlite.org/schematab.html. */
export const catalogQueries = {
  objects: "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY rowid",
  tables: "SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main' ORDER BY name",
  columns:
    "SELECT m.name, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden FROM sqlite_schema AS m, pragma_table_xinfo(m.name) AS x WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY m.name, x.cid",
  statistics: "SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl",
} as const

/** Reads the catalog: four queries, three where ANALYZE was never run. */
export async function readCatalog(query: Query): Promise<RawCatalog> {
  const objects = (await query(catalogQueries.objects)).rows.map(([type, name, table, sql]) => ({ type: text(type), name: text(name), table: text(table), sql: text(sql) }))
  const tables = (await query(catalogQueries.tables)).rows.map(([name, type, wr, strict]) => ({ name: text(name), type: text(type), withoutRowid: wr === '1', strict: strict === '1' }))
  const columns = new Map<string, RawColumn[]>()
  for (const [table, name, type, notNull, fallback, key, hidden] of (await query(catalogQueries.columns)).rows) {
    const list = columns.get(text(table)) ?? []
    list.push({ name: text(name), type: text(type), notNull: notNull === '1', default: fallback ?? null, key: Number(key), hidden: hiddenKinds[Number(hidden)] ?? 'internal' })
    columns.set(text(table), list)
  }
  const analyzed = objects.some(({ name }) => name === 'sqlite_stat1')
  const statistics = analyzed ? (await query(catalogQueries.statistics)).rows : []
  return { objects, tables, columns, rows: new Map(statistics.map(([table, rows]) => [text(table), Number(rows)])) }
}

const hiddenKinds = ['no', 'internal', 'virtual', 'stored'] as const
const text = (value: Value | undefined) => value ?? ''
