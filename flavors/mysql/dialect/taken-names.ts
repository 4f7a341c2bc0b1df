import type { TableShape } from '../../../app/model/shape.ts'
import type { TakenName } from '../../flavor.ts'
import { withNames } from './normalize.ts'
import type { Server } from './server.ts'

/**
 * Tables by name; foreign keys, and on MySQL checks, once per database, each kind by itself and without regard to case.
 * Indexes belong to their table. Source: MySQL manual, "FOREIGN KEY Constraints" and "CHECK Constraints".
 */
export function takenNames(given: TableShape, server: Server): readonly TakenName[] {
  const shape = withNames(given)
  const taken = (what: string, name: string, part: string, key: string): TakenName => ({ key: `${shape.schema}\u0000${what}\u0000${key}`, name, what, part })
  return [
    taken('table', shape.name, '', shape.name),
    ...shape.references.map(({ name }) => taken('foreign key', name, name, name.toLowerCase())),
    ...(server.checks && server.checkNamesPerSchema ? shape.checks.map(({ name }) => taken('check', name, name, name.toLowerCase())) : []),
  ]
}
