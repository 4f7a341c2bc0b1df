import type { Finding, FindingPath } from '../../../app/model/finding.ts'
import type { TableShape } from '../../../app/model/shape.ts'
import { nameProblem } from './names.ts'
import { nativeType } from './types.ts'
import type { Features } from './version.ts'

const finding = (code: string, severity: Finding['severity'], path: FindingPath, message: string): Finding => ({ code, severity, path, message, flavor: 'mssql' })

/** What SQL Server would refuse, change or widen in one table. */
export function check(shape: TableShape, features: Features): readonly Finding[] {
  const problem = nameProblem(shape.name)
  return [
    ...(problem === null ? [] : [finding('NAME_REFUSED', 'error', { property: 'name' }, `The table name ${problem}.`)]),
    ...shape.columns.flatMap((column) => nativeType(column.type, features).losses.map((loss): Finding => ({ ...loss, path: { property: 'type', column: column.name } }))),
  ]
}
