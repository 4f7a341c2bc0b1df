import type { TableShape } from '../../../app/model/shape.ts'
import type { TakenName } from '../../flavor.ts'
import { convention, defaultSchema } from './names.ts'
import { withNames } from './normalize.ts'
import { serialSequence } from './serial.ts'

/** Tables, indexes, the indexes of keys and the sequences of identity fields share one namespace per schema. Source: manual, CREATE INDEX and chapter "Schemas". */
export function takenNames(given: TableShape): readonly TakenName[] {
  const shape = withNames(given)
  const schema = shape.schema === '' ? defaultSchema : shape.schema
  const taken = (what: string, name: string, part: string): TakenName => ({ key: `${schema}\u0000${name}`, name, what, part })
  return [
    taken('table', shape.name, ''),
    ...(shape.primaryKey === null ? [] : [taken('primary key', shape.primaryKey.name, shape.primaryKey.name)]),
    ...shape.uniques.map(({ name }) => taken('unique constraint', name, name)),
    ...shape.indexes.map(({ name }) => taken('index', name, name)),
    ...shape.columns.filter(({ identity }) => identity !== null).map((column): TakenName => {
      const sequence = column.identity === 'serial' ? serialSequence(shape, column) : { schema, name: convention.sequence(shape.name, column.name) }
      return { key: `${sequence.schema}\u0000${sequence.name}`, name: sequence.name, what: 'number sequence', part: '' }
    }),
  ]
}
