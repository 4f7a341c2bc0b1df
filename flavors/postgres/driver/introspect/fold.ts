import { createHash } from 'node:crypto'
import type { TableName, TableShape } from '../../../../app/model/shape.ts'
import type { Catalog, CatalogTable, Dependent, IntrospectOptions } from '../../../flavor.ts'
import type { CatalogIndex } from './catalog-index.ts'
import { indexCatalog } from './catalog-index.ts'
import { dependentsOf } from './dependents.ts'
import type { CatalogRows, RelationRow } from './rows.ts'
import { numbersLeftOut } from './left-out.ts'
import { shapeOf } from './shape.ts'
import { viewDepth } from './views.ts'

const isTable = (row: RelationRow): boolean => row.kind === 'r' || row.kind === 'p' || row.kind === 'f'
const keyOf = (name: TableName): string => `${name.schema === '' ? 'public' : name.schema}\u0000${name.name}`

/** Definition and texts of what hangs on it, in whatever order these are put back; rows, statistics and object numbers have no part in it. */
function fingerprint(shape: TableShape, dependents: readonly Dependent[]): string {
  const texts = dependents.map((one) => JSON.stringify(one)).toSorted()
  return createHash('sha256')
    .update(JSON.stringify([shape, texts]))
    .digest('hex')
    .slice(0, 32)
}

/** The catalog from its rows: shapes and fingerprints by `now`, texts of dependents by `later` (the same rows where nothing is renamed). */
export function foldCatalog(now: CatalogRows, later: CatalogRows, options: IntrospectOptions): Catalog {
  const index = indexCatalog(now)
  const laterIndex = later === now ? index : indexCatalog(later)
  const [depth, laterDepth] = [viewDepth(index), viewDepth(laterIndex)]
  const schemas = options.schemas === undefined ? null : new Set(options.schemas)
  const wanted = options.tables === undefined ? null : new Set(options.tables.map(keyOf))
  const isWanted = (row: RelationRow) => (schemas === null || schemas.has(row.schema)) && (wanted === null || wanted.has(keyOf(row)))
  const tables = now.relations
    .filter((row) => isTable(row) && isWanted(row))
    .map((row): CatalogTable => {
      const shape = shapeOf(row, index)
      const name = { schema: row.schema, name: row.name }
      const read = (table: RelationRow, of: CatalogIndex, by: (view: number) => number) =>
        dependentsOf({ table, index: of, now: { name, index }, depth: by })
      const dependents = read(row, index, depth)
      const renamed = later === now ? dependents : read(laterIndex.relation.get(row.oid) ?? row, laterIndex, laterDepth)
      return {
        shape,
        ...(later === now ? {} : { renamed: shapeOf(laterIndex.relation.get(row.oid) ?? row, laterIndex) }),
        rowEstimate: row.rows < 0 ? null : Math.round(row.rows),
        dependents: renamed,
        leftOut: numbersLeftOut(row, index),
        remake: [],
        fingerprint: fingerprint(shape, dependents),
      }
    })
  const names = (kind: 'name' | 'schema') => now.names.filter((row) => row.kind === kind)
  return {
    tables,
    takenNames: names('name').map(({ schema, name }) => ({ schema, name })),
    schemas: names('schema').map((row) => row.schema),
  }
}
