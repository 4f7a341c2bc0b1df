import type { TableName } from '../../../../app/model/shape.ts'
import type { Dependent } from '../../../flavor.ts'
import type { Sql } from '../../../sql.ts'
import { displayTable, qualified } from '../../dialect/names.ts'
import type { CatalogIndex } from './catalog-index.ts'
import type { RelationRow } from './rows.ts'

/** One table as its dependents are read: `table` as its texts shall read, `now` as the caller knows it. */
export interface Subject {
  readonly table: RelationRow
  readonly index: CatalogIndex
  readonly now: { readonly name: TableName; readonly index: CatalogIndex }
  readonly depth: (view: number) => number
}

/** A dependent before it is given its table. */
export type Draft = Omit<Dependent, 'table' | 'columns' | 'detach'> & {
  readonly columns?: readonly number[]
  readonly detach?: readonly Sql[]
}

/** Quoted name of a relation. */
export const nameOf = (relation: RelationRow): Sql => qualified(relation.schema, relation.name)
/** Its name for a message. */
export const shown = (relation: RelationRow): string => displayTable(relation)
