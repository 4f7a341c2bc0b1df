import type { Finding } from '../../../app/model/finding.ts'
import type { ReferenceShape, TableName, TableShape } from '../../../app/model/shape.ts'
import { finding } from './finding.ts'
import { folded, schemaOf } from './names.ts'

const keyOf = (table: TableName): string => `${folded(schemaOf(table))}\u0000${folded(table.name)}`
const cascades = ({ onUpdate, onDelete }: ReferenceShape): boolean => [onUpdate, onDelete].some((action) => action !== 'no action' && action !== 'restrict')

/** What SQL Server would refuse or change of the foreign keys of one table. Source: Microsoft Learn, "Primary and foreign key constraints", error 1785. */
export function checkReferences(shape: TableShape): readonly Finding[] {
  const own = keyOf(shape)
  const parents = new Map<string, number>()
  for (const reference of shape.references) if (cascades(reference)) parents.set(keyOf(reference.parent), (parents.get(keyOf(reference.parent)) ?? 0) + 1)
  return shape.references.flatMap((reference) => {
    const { columns, parent } = reference
    const at = (property: string) => ({ property, column: columns[0] ?? reference.name })
    const label = reference.name === '' ? `The foreign key over ${columns.join(', ')}` : `The foreign key ${reference.name}`
    const found: Finding[] = []
    if (cascades(reference) && keyOf(parent) === own) {
      found.push(finding('CASCADE_PATHS', 'error', at('reference'), `${label} points at its own table: SQL Server refuses an action there but NO ACTION (error 1785). Use NO ACTION, and a trigger for the rest.`))
    } else if (cascades(reference) && (parents.get(keyOf(parent)) ?? 0) > 1) {
      found.push(finding('CASCADE_PATHS', 'error', at('reference'), `${label} and another one would both act when ${parent.name} changes: SQL Server refuses several cascade paths (error 1785). Keep one, and use NO ACTION for the others.`))
    }
    if (reference.onDelete === 'restrict' || reference.onUpdate === 'restrict') {
      found.push(finding('ACTION_RESTRICT', 'info', at('reference'), `${label} says RESTRICT, which SQL Server calls NO ACTION: it refuses at the end of the statement.`))
    }
    if (reference.deferrable !== 'no') {
      found.push(finding('FEATURE_UNSUPPORTED', 'warning', at('reference'), `${label} cannot wait for the commit: SQL Server checks it at the end of each statement.`))
    }
    return [...found, ...actionFindings(reference, shape, label)]
  })
}

/** Actions that need something of the fields: NULL to set, or a default. */
function actionFindings({ columns, onUpdate, onDelete, name }: ReferenceShape, shape: TableShape, label: string): readonly Finding[] {
  const keyed = new Set(shape.primaryKey?.columns)
  const used = shape.columns.filter((column) => columns.includes(column.name))
  const at = (column: string) => ({ property: 'reference', column })
  const actions = [onUpdate, onDelete]
  const fixed = used.filter((column) => !column.nullable || column.identity !== null || keyed.has(column.name))
  if (actions.includes('set null') && fixed.length > 0) {
    const names = fixed.map((column) => column.name).join(', ')
    return [finding('ACTION_IMPOSSIBLE', 'error', at(fixed[0]?.name ?? name), `${label} would set ${names} to NULL, which it takes none of (error 1761). Let it take NULL, or choose another action.`)]
  }
  const without = fixed.filter((column) => column.default === null)
  if (actions.includes('set default') && without.length > 0) {
    const names = without.map((column) => column.name).join(', ')
    return [finding('ACTION_IMPOSSIBLE', 'error', at(without[0]?.name ?? name), `${label} would set ${names} to a default that it has not (error 1762). Give it one, or choose another action.`)]
  }
  return []
}
