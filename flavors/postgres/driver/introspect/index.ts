import type { TableName } from '../../../../app/model/shape.ts'
import type { Catalog, IntrospectOptions, Rows, Value } from '../../../flavor.ts'
import { dialect } from '../../dialect/index.ts'
import { defaultSchema } from '../../dialect/names.ts'
import { foldCatalog } from './fold.ts'
import { catalogQueries } from './queries.ts'
import type { CatalogRows } from './rows.ts'

type Query = (text: string, parameters?: readonly Value[]) => Promise<Rows>

/** One pass over the catalog: ten statements, each giving all its rows as one JSON text. `tables`: only what these are made from. */
async function readRows(query: Query, version: number, tables: readonly TableName[] | null): Promise<CatalogRows> {
  const found: [string, unknown][] = []
  let parameter = tables === null ? null : JSON.stringify(tables.map(({ schema, name }) => [schema === '' ? defaultSchema : schema, name]))
  for (const [name, text] of Object.entries(catalogQueries(version, tables !== null))) {
    const answer = await query(
      `SELECT coalesce(json_agg(q), '[]') FROM (${text}\n) q`,
      parameter !== null && text.includes('$1') ? [parameter] : [],
    )
    const rows: unknown = JSON.parse(answer.rows[0]?.[0] ?? '[]')
    if (parameter !== null && name === 'relations') parameter = `{${(rows as CatalogRows['relations']).map(({ oid }) => oid).join(',')}}`
    found.push([name, rows])
  }
  // The statements name their columns as the row types do; nothing else could check it but a server.
  return Object.fromEntries(found) as unknown as CatalogRows
}

/**
 * What the database holds, as of one moment. With `renames`, the texts are read after the renames, which are then rolled back: their locks are held
 * for that long, and waiting for them is bounded. Errors: LOCK_TIMEOUT, NOT_PERMITTED, CONNECTION_LOST.
 */
export async function introspect(query: Query, version: number, isInTransaction: boolean, options: IntrospectOptions): Promise<Catalog> {
  const { renames } = options
  const hasRenames = renames !== undefined && renames.tables.length + renames.columns.length > 0
  const [open, close] = isInTransaction
    ? [['SAVEPOINT metamigrate_introspect'], ['ROLLBACK TO SAVEPOINT metamigrate_introspect', 'RELEASE SAVEPOINT metamigrate_introspect']]
    : [[`BEGIN ISOLATION LEVEL REPEATABLE READ ${hasRenames ? 'READ WRITE' : 'READ ONLY'}`], ['ROLLBACK']]
  for (const text of open) await query(text)
  try {
    // With nothing but the catalog on the path, the server spells every other name with its schema.
    await query('SET LOCAL search_path = pg_catalog')
    const now = await readRows(query, version, hasRenames ? null : (options.tables ?? null))
    if (!hasRenames) return foldCatalog(now, now, options)
    await query(`SET LOCAL lock_timeout = '3s'`)
    for (const text of renameTexts(renames, now)) await query(text)
    return foldCatalog(now, await readRows(query, version, null), options)
  } finally {
    for (const text of close) await query(text)
  }
}

/**
 * Columns first, in the order given, then the tables all at once: each by way of a name of its own, since swaps and chains have no order, and a table
 * that stands in the way of a name steps aside as a plan would make it do.
 */
function renameTexts(renames: NonNullable<IntrospectOptions['renames']>, now: CatalogRows): readonly string[] {
  const columns = renames.columns.map(({ table, from, to }) => ({ kind: 'renameColumn', table, from, to }) as const)
  const step = (schema: string, from: string, to: string) => ({ kind: 'renameTable', from: { schema, name: from }, to }) as const
  const moving = renames.tables.map(({ from, to }, i) => ({
    schema: from.schema === '' ? 'public' : from.schema,
    from: from.name,
    to,
    by: `metamigrate_renaming_${i}`,
  }))
  const isMoving = (schema: string, name: string) => moving.some((one) => one.schema === schema && one.from === name)
  const inTheWay = moving.filter(
    (one) =>
      !isMoving(one.schema, one.to) && now.relations.some((row) => row.schema === one.schema && row.name === one.to && row.kind === 'r'),
  )
  const tables = [
    ...moving.map((one) => step(one.schema, one.from, one.by)),
    ...inTheWay.map((one, i) => step(one.schema, one.to, `metamigrate_in_the_way_${i}`)),
    ...moving.map((one) => step(one.schema, one.by, one.to)),
  ]
  return [...columns, ...tables].flatMap((operation) => dialect.statements(operation).map(({ text }) => text))
}
