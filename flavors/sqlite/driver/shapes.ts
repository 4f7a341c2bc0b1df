import type { ColumnShape, IndexShape, KeyShape, TableShape } from '../../../app/model/shape.ts'
import { ownDefault } from '../dialect/default.ts'
import { dialect } from '../dialect/index.ts'
import type { RawCatalog, RawColumn } from './catalog.ts'
import { parseIndex } from '../dialect/parse-index.ts'
import { parseTable, type ParsedTable } from './parse-table.ts'

/** Every ordinary table that belongs to the person, by name. Virtual and shadow tables and MetaMigrate's own are left out. */
export function readShapes(catalog: RawCatalog): readonly TableShape[] {
  const sqlOf = new Map(catalog.objects.filter(({ type }) => type === 'table').map(({ name, sql }) => [name, sql]))
  const own = new Set(dialect.bookkeeping?.tables.map(({ name }) => name))
  const ordinary = catalog.tables.filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_') && !own.has(name))
  const parsed = new Map(ordinary.map(({ name }) => [name, parseTable(sqlOf.get(name) ?? '')]))
  const indexes = indexesByTable(catalog)
  return ordinary.map(({ name, withoutRowid, strict }) => {
    const definition = parsed.get(name) ?? parseTable('')
    const columns = catalog.columns.get(name) ?? []
    const options = { ...(strict ? { 'SQLITE.STRICT': 'yes' } : {}), ...(withoutRowid ? { 'SQLITE.WITHOUT_ROWID': 'yes' } : {}), ...(definition.autoincrement ? { 'SQLITE.AUTOINCREMENT': 'yes' } : {}) }
    return {
      schema: '',
      name,
      comment: '',
      columns: columns.filter(({ hidden }) => hidden !== 'internal').map((column) => columnShape(column, definition, { alias: rowidAlias(columns, definition, withoutRowid), withoutRowid })),
      primaryKey: primaryKeyOf(columns, definition),
      uniques: definition.uniques.map(({ name: key, columns: names }) => ({ name: key, columns: names.map((one) => exactName(one, columns)) })),
      checks: definition.checks,
      references: definition.references.map((reference) => ({
        name: reference.name,
        columns: reference.columns.map((one) => exactName(one, columns)),
        parent: { schema: '', name: exactTable(reference.parent, catalog) },
        parentColumns: parentColumns(reference.parentColumns, catalog.columns.get(exactTable(reference.parent, catalog)) ?? []),
        onUpdate: reference.onUpdate,
        onDelete: reference.onDelete,
        deferrable: reference.deferrable,
      })),
      indexes: indexes.get(name) ?? [],
      options,
    }
  })
}

/** Name of the column that is the rowid itself: the single key column of type exactly INTEGER. Source: sqlite.org/lang_createtable.html#rowid. */
function rowidAlias(columns: readonly RawColumn[], definition: ParsedTable, withoutRowid: boolean): string | null {
  const keys = columns.filter(({ key }) => key > 0)
  const [only] = keys
  if (withoutRowid || keys.length !== 1 || only === undefined || only.type.toUpperCase() !== 'INTEGER' || definition.primaryKey?.descending === true) return null
  return only.name
}

function columnShape(column: RawColumn, definition: ParsedTable, { alias, withoutRowid }: { readonly alias: string | null; readonly withoutRowid: boolean }): ColumnShape {
  const parsed = definition.columns.get(column.name)
  const expression = parsed?.generated ?? null
  return {
    name: column.name,
    type: dialect.types.fromNative(parsed?.declared ?? column.type) ?? { kind: 'native', flavor: dialect.name, text: parsed?.declared ?? column.type },
    // SQLite lets NULL into a key, unless it is the rowid or the table has none.
    nullable: !column.notNull && !(column.key > 0 && (withoutRowid || column.name === alias)),
    default: expression === null && column.default !== null ? ownDefault(column.default) : null,
    identity: column.name === alias ? 'default' : null,
    generated: expression === null ? null : { expression, stored: column.hidden === 'stored' },
    comment: '',
    collation: parsed?.collation ?? '',
    declared: parsed?.declared ?? column.type,
  }
}

function primaryKeyOf(columns: readonly RawColumn[], definition: ParsedTable): KeyShape | null {
  const keys = columns.filter(({ key }) => key > 0).toSorted((a, b) => a.key - b.key)
  return keys.length === 0 ? null : { name: definition.primaryKey?.name ?? '', columns: keys.map(({ name }) => name) }
}

/** Constraints may spell a name in another case than its column does. */
function exactName(name: string, columns: readonly RawColumn[]): string {
  return columns.find((column) => column.name === name)?.name ?? columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name ?? name
}

function exactTable(name: string, catalog: RawCatalog): string {
  if (catalog.columns.has(name)) return name
  return catalog.tables.find((table) => table.name.toLowerCase() === name.toLowerCase())?.name ?? name
}

function parentColumns(named: readonly string[], parent: readonly RawColumn[]): readonly string[] {
  if (named.length > 0) return named.map((name) => exactName(name, parent))
  return parent.filter(({ key }) => key > 0).toSorted((a, b) => a.key - b.key).map(({ name }) => name)
}

function indexesByTable(catalog: RawCatalog): ReadonlyMap<string, readonly IndexShape[]> {
  const result = new Map<string, IndexShape[]>()
  for (const { type, name, table, sql } of catalog.objects) {
    // An index without text belongs to a key or a unique constraint.
    if (type !== 'index' || sql === '') continue
    const { parts, predicate } = parseIndex(sql)
    const columns = catalog.columns.get(table) ?? []
    const index: IndexShape = {
      name,
      unique: /^CREATE\s+UNIQUE/i.test(sql),
      method: '',
      parts: parts.map((part) => (part.column === null ? part : { ...part, column: exactName(part.column, columns) })),
      include: [],
      predicate,
    }
    result.set(table, [...(result.get(table) ?? []), index])
  }
  return result
}
