import type { TableShape } from '../../../app/model/shape.ts'
import type { TakenName } from '../../flavor.ts'
import { databaseTable } from './names.ts'
import type { Target } from './target.ts'

/** `db_table` of the table: no two models of a project share one (models.E028). Names of indexes and constraints are made unique where they are written. */
export const takenNames = (shape: TableShape, target: Target): readonly TakenName[] => [{ key: `table:${databaseTable(shape, target)}`, name: shape.name, what: 'table', part: '' }]
