import type { Finding, FindingPath } from '../../../app/model/finding.ts'
import type { TableShape } from '../../../app/model/shape.ts'
import { findingsOfOptions } from '../../options.ts'
import { tableOptions } from './options.ts'
import { nameProblem } from './names.ts'
import type { Server } from './server.ts'
import { nativeType } from './types.ts'

export const finding = (code: string, severity: Finding['severity'], path: FindingPath, message: string): Finding => ({ code, severity, path, message, flavor: 'mysql' })

/** What MySQL would refuse, change or widen in one table. */
export function check(shape: TableShape, server: Server): readonly Finding[] {
  const problem = nameProblem(shape.name)
  return [
    ...(problem === null ? [] : [finding('NAME_REFUSED', 'error', { property: 'name' }, problem)]),
    ...shape.columns.flatMap((column) => nativeType(column.type, server).losses.map((loss) => ({ ...loss, path: { property: 'type', column: column.name } }))),
    ...findingsOfOptions('mysql', tableOptions, shape.options),
  ]
}
