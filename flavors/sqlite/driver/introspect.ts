import { createHash } from 'node:crypto'
import type { TableName, TableShape } from '../../../app/model/shape.ts'
import type { Catalog, CatalogTable, IntrospectOptions, Rows } from '../../flavor.ts'
import { readCatalog, type RawCatalog, type SchemaObject } from './catalog.ts'
import { dependentsOf, mentionsOf, usersOf, type Mentions } from './dependents.ts'
import type { ScratchAnswer, ScratchWork } from './protocol.ts'
import { readShapes } from './shapes.ts'

/** How introspection asks: queries of the open database, and trials on a copy of its schema in memory. */
export interface Source {
  query(text: string): Promise<Rows>
  scratch(objects: readonly SchemaObject[], work: ScratchWork): Promise<ScratchAnswer>
}

type Renames = NonNullable<IntrospectOptions['renames']>
const noRenames: Renames = { tables: [], columns: [] }

/** Every table of the file as the contract wants it. Catalog queries: at most four and one count, whatever the number of tables. */
export async function introspect(source: Source, options: IntrospectOptions): Promise<Catalog> {
  const catalog = await readCatalog((text) => source.query(text))
  const read = readShapes(catalog)
  const wanted = read.filter((shape) => isWanted(shape, options.tables))
  const mentions = mentionsOf(catalog.objects)
  const renames = options.renames ?? noRenames
  const probes = probesFor(wanted, mentions, catalog)
  const statements = renameStatements(renames)
  const trial = statements.length + probes.length > 0 ? await source.scratch(catalog.objects, { statements, probes: [] }) : { objects: catalog.objects, users: [] }
  // Columns are named as they are now, so they are probed on the schema as it is now.
  const users = probes.length > 0 ? (await source.scratch(catalog.objects, { statements: [], probes })).users : []
  const used = columnsUsed(probes, users)
  const counts = await countRows(source, wanted, catalog)
  const after = mentionsOf(trial.objects)
  const newName = new Map(renames.tables.map(({ from, to }) => [from.name, to]))
  const renamed = statements.length === 0 ? new Map<string, TableShape>() : renamedShapes(catalog, trial.objects, renames)
  return {
    tables: wanted.map((table) => {
      const nameAfter = newName.get(table.name) ?? table.name
      return catalogTable(table, { mentions, after, nameAfter, used, shapes: read, rows: counts.get(table.name) ?? null, renamed: renamed.get(nameAfter) })
    }),
    takenNames: catalog.objects.map(({ name }) => ({ schema: '', name })),
    schemas: [],
  }
}

const isWanted = (shape: TableShape, tables: readonly TableName[] | undefined) =>
  tables === undefined || tables.some(({ name }) => name.toLowerCase() === shape.name.toLowerCase())

interface Surroundings {
  readonly mentions: Mentions
  readonly after: Mentions
  readonly nameAfter: string
  readonly used: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>
  readonly shapes: readonly TableShape[]
  readonly rows: number | null
  readonly renamed: TableShape | undefined
}

function catalogTable(shape: TableShape, around: Surroundings): CatalogTable {
  const { nameAfter, after } = around
  const columnsOf = around.used.get(shape.name) ?? new Map<string, readonly string[]>()
  return {
    shape,
    ...(around.renamed === undefined ? {} : { renamed: around.renamed }),
    rowEstimate: around.rows,
    dependents: dependentsOf(shape, { nameAfter, users: usersOf(nameAfter, after), shapes: around.shapes, columnsUsed: columnsOf }),
    remake: remakeOf(nameAfter, after.objects),
    fingerprint: fingerprintOf(shape.name, around.mentions),
  }
}

/** Every table as it reads after the renames, by its name then: SQLite has rewritten the texts; the rest of the catalog follows them by place. */
function renamedShapes(catalog: RawCatalog, objects: readonly SchemaObject[], { tables, columns }: Renames): ReadonlyMap<string, TableShape> {
  const tableAfter = new Map(tables.map(({ from, to }) => [from.name, to]))
  const after = (name: string) => tableAfter.get(name) ?? name
  // One after another, as they run: a column may step aside for another of the same table.
  const columnAfter = (table: string, column: string) =>
    columns.filter((one) => one.table.name === table).reduce((name, { from, to }) => (name === from ? to : name), column)
  const later: RawCatalog = {
    ...catalog,
    objects,
    tables: catalog.tables.map((table) => ({ ...table, name: after(table.name) })),
    columns: new Map([...catalog.columns].map(([table, list]) => [after(table), list.map((column) => ({ ...column, name: columnAfter(table, column.name) }))])),
  }
  return new Map(readShapes(later).map((shape) => [shape.name, shape]))
}

/** The table, its own indexes, then its triggers: rows come back before the triggers do, which is the dialect's to see to. */
function remakeOf(name: string, objects: readonly SchemaObject[]): readonly string[] {
  const own = objects.filter((object) => object.table === name && object.sql !== '')
  return ['table', 'index', 'trigger'].flatMap((type) => own.filter((object) => object.type === type).map(({ sql }) => sql))
}

function fingerprintOf(name: string, mentions: Mentions): string {
  const own = mentions.objects.filter((object) => object.table === name)
  const texts = [...own, ...usersOf(name, mentions)].map(({ type, name: object, sql }) => `${type}\u0000${object}\u0000${sql}`)
  return createHash('sha256').update([...new Set(texts)].toSorted().join('\u0001')).digest('hex')
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
const temporary = (at: number) => `metamigrate_scratch_${at}`

/** The renames as SQLite does them. Tables step through a temporary name, so that two may swap. */
function renameStatements({ columns, tables }: Renames): readonly string[] {
  return [
    ...columns.map(({ table, from, to }) => `ALTER TABLE ${quoted(table.name)} RENAME COLUMN ${quoted(from)} TO ${quoted(to)}`),
    ...tables.map(({ from }, at) => `ALTER TABLE ${quoted(from.name)} RENAME TO ${quoted(temporary(at))}`),
    ...tables.map(({ to }, at) => `ALTER TABLE ${quoted(temporary(at))} RENAME TO ${quoted(to)}`),
  ]
}

interface Probe {
  readonly table: string
  readonly column: string
  readonly statement: string
}

/** Renaming a column rewrites exactly the texts that use it. Only columns whose name a user of the table mentions are tried. */
function probesFor(tables: readonly TableShape[], mentions: Mentions, catalog: RawCatalog): readonly Probe[] {
  const probes = tables.flatMap((shape) => {
    const users = usersOf(shape.name, mentions)
    return shape.columns.filter(({ name }) => users.some((user) => mentions.names.get(user.name)?.has(name.toLowerCase())))
      .map(({ name }) => ({ table: shape.name, column: name, statement: `ALTER TABLE ${quoted(shape.name)} RENAME COLUMN ${quoted(name)} TO metamigrate_probe` }))
  })
  // Each trial reads the whole schema: past this, nobody would wait for exactness.
  return probes.length * catalog.objects.length > 400_000 ? [] : probes
}

/** Per table, per user: the columns it needs. */
function columnsUsed(probes: readonly Probe[], users: readonly (readonly string[])[]): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  const used = new Map<string, Map<string, string[]>>()
  for (const [at, { table, column }] of probes.entries()) {
    const byUser = used.get(table) ?? new Map<string, string[]>()
    used.set(table, byUser)
    for (const user of users[at] ?? []) byUser.set(user, [...(byUser.get(user) ?? []), column])
  }
  return used
}

// SQLite allows 500 terms in a compound SELECT; counting more tables than this would be a scan nobody asked for.
const maxCounted = 200

async function countRows(source: Source, tables: readonly TableShape[], catalog: RawCatalog): Promise<ReadonlyMap<string, number>> {
  if (tables.length === 0 || tables.length > maxCounted) return catalog.rows
  const terms = tables.map(({ name }, at) => `SELECT ${at}, count(*) FROM ${quoted(name)}`)
  const { rows } = await source.query(terms.join(' UNION ALL '))
  return new Map(rows.map(([at, count]) => [tables[Number(at)]?.name ?? '', Number(count)]))
}

