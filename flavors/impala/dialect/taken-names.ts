import type { TableShape } from '../../../app/model/shape.ts'
import type { TakenName } from '../../flavor.ts'
import { fold } from './names.ts'

/** Only the table has a name: its keys have none. Case folds. */
export const takenNames = ({ schema, name }: TableShape): readonly TakenName[] => [{ key: `${fold(schema)}\u0000${fold(name)}`, name, what: 'table', part: '' }]
