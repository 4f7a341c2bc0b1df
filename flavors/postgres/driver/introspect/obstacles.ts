import type { Dependent } from '../../../flavor.ts'
import { displayTable, spelled } from '../../dialect/names.ts'
import type { Subject } from './subject.ts'

type Obstacle = Omit<Dependent, 'table' | 'columns' | 'detach'>

/** What makes a table one that cannot be rebuilt yet. It is read, shown and compared all the same. */
export function obstacles({ table, index }: Subject): readonly Obstacle[] {
  const name = displayTable(table)
  const refuse = (kind: string, what: string, why: string): Obstacle => ({ kind, name: what, attach: [], refuse: why })
  const found: Obstacle[] = []
  if (table.kind === 'p') found.push(refuse('partitions', `the partitioning of ${name}`, 'partitioned tables cannot be rebuilt yet.'))
  if (table.kind === 'f') found.push(refuse('foreign table', `the foreign server of ${name}`, 'its rows are not in this database.'))
  if (table.isTyped) found.push(refuse('type', `the type of ${name}`, 'tables made OF a type cannot be rebuilt yet.'))
  if (table.accessMethod !== null)
    found.push(
      refuse(
        'access method',
        `the access method ${table.accessMethod} of ${name}`,
        'another access method than the usual one cannot be kept yet.',
      ),
    )
  if (!table.mayOwn)
    found.push(
      refuse('owner', `the owner ${spelled(table.owner)} of ${name}`, `connect as ${spelled(table.owner)} or a member of that role.`),
    )
  for (const row of index.constraints(table.oid)) {
    if (row.kind === 'p' && row.isSpecial)
      found.push(
        refuse(
          'primary key',
          `primary key ${spelled(row.name)} of ${name}`,
          'it is deferrable, or has included columns or storage options, which cannot be kept yet.',
        ),
      )
  }
  for (const extra of index.extras(table.oid)) {
    if (extra.kind === 'inherits')
      found.push(
        refuse('inheritance', `${extra.definition} ${extra.name}`, 'tables of an inheritance or partition tree cannot be rebuilt yet.'),
      )
    if (extra.kind === 'other')
      found.push(refuse('other', extra.name, 'it uses the table or its row type, and would go on using the old one.'))
  }
  return found
}
