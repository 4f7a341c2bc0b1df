import type { Finding } from '../../../app/model/finding.ts'
import type { TableShape } from '../../../app/model/shape.ts'
import { keyOf } from './class-names.ts'
import { modelsOf } from './document.ts'
import { findingsOfOptions } from '../../options.ts'
import type { Target } from './target.ts'

/** What Django makes of a table: what its model says by findings. Parents are not known here, so what hangs on them is found by `document`. */
export function check(shape: TableShape, target: Target): readonly Finding[] {
  const own = keyOf(shape, target)
  const parents = new Map(shape.references.map(({ parent }) => [keyOf(parent, target), parent]))
  const names = [shape, ...[...parents].flatMap(([key, parent]) => (key === own ? [] : [parent]))]
  const models = modelsOf({ tables: [shape], names, related: [] }, { ...target, layout: 'file' })
  return [...models.flatMap(({ pen }) => pen.findings), ...findingsOfOptions('django', [], shape.options)]
}
