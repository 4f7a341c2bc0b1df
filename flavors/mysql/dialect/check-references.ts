import type { Finding, FindingPath } from '../../../app/model/finding.ts'
import type { ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import { finding } from './finding.ts'
import { nameProblem } from './names.ts'
import { optionsOf } from './options.ts'
import type { Server } from './server.ts'

/** Foreign keys: actions and delays that the server has not, parents that it would look for elsewhere. */
export function checkReferences(shape: TableShape, server: Server): readonly Finding[] {
  const { engine } = optionsOf(shape.options, server)
  const notInnoDb = shape.references.length > 0 && engine !== 'InnoDB' ? [finding('FEATURE_UNSUPPORTED', 'error', { property: 'MYSQL.ENGINE' }, `${engine} has no foreign keys, and would read them without a word. Take InnoDB, or leave the foreign keys out.`)] : []
  return [...notInnoDb, ...shape.references.flatMap((reference) => referenceFindings(shape, reference, server))]
}

function referenceFindings(shape: TableShape, reference: ReferenceShape, server: Server): readonly Finding[] {
  const { name, columns, parent, onUpdate, onDelete, deferrable } = reference
  const at: FindingPath = { property: 'reference', column: columns[0] ?? name }
  const problem = name === '' ? null : nameProblem(name)
  const setsNull = onDelete === 'set null' || onUpdate === 'set null'
  const required = shape.columns.filter((column) => columns.includes(column.name) && (!column.nullable || shape.primaryKey?.columns.includes(column.name) === true))
  const generated = shape.columns.filter((column) => columns.includes(column.name) && column.generated !== null)
  return [
    ...(problem === null ? [] : [finding('NAME_REFUSED', 'error', { property: 'name', column: name }, `The name of the foreign key ${JSON.stringify(name.slice(0, 80))} ${problem}. Choose another.`)]),
    ...(onDelete === 'set default' || onUpdate === 'set default' ? [finding('ACTION_UNSUPPORTED', 'error', at, 'InnoDB refuses SET DEFAULT, and MariaDB reads it and restricts instead. Take set null, cascade or no action.')] : []),
    ...(setsNull && required.length > 0 ? [finding('ACTION_UNSUPPORTED', 'error', at, `SET NULL needs fields that take NULL: ${required.map((column) => column.name).join(', ')} ${required.length === 1 ? 'does' : 'do'} not.`)] : []),
    ...(generated.length > 0 && (setsNull || onUpdate === 'cascade' || (!server.isMariaDb && generated.some((column) => column.generated?.stored === false))) ? [finding('ACTION_UNSUPPORTED', 'error', at, `A foreign key over the generated field ${generated.map((column) => column.name).join(', ')} changes nothing there, and needs it stored. Take no action.`)] : []),
    ...(deferrable === 'no' ? [] : [finding('FEATURE_UNSUPPORTED', 'warning', at, 'MySQL checks a foreign key at once, never at the end of the transaction: the delay is left out.')]),
    ...(parent.schema === '' && shape.schema !== '' ? [finding('REFERENCE_UNCLEAR', 'error', at, `${parent.name} has no schema, so the server would look for it in ${shape.schema}. Give the parent its schema, or take this table's away.`)] : []),
  ]
}
