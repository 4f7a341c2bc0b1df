import { tableKey } from '../diff/names.ts'
import type { Dialect, TakenName } from '../flavor/dialect.ts'
import type { Catalog } from '../flavor/driver.ts'
import type { Finding } from '../model/finding.ts'
import type { TableShape } from '../model/shape.ts'
import { codes } from './codes.ts'
import { pathOf } from './static-findings.ts'
import type { TableWork } from './work.ts'

/**
 * Names of keys, constraints and indexes of the new tables that a part of another table of the database has, which the plan does not touch or leaves with it:
 * found before the run, where the database would say so in its middle. Names of tables themselves are looked at elsewhere.
 */
export function namesInTheWay(works: readonly TableWork[], catalog: Catalog, dialect: Dialect): readonly Finding[] {
  const made = works.filter(({ action }) => action === 'create' || action === 'rebuild')
  if (made.length === 0) return []
  const freed = new Set(works.flatMap(({ old, action }) => (old === null || (action !== 'rebuild' && action !== 'drop') ? [] : [tableKey(dialect.can, old.shape)])))
  const holders = new Map<string, { readonly table: TableShape; readonly taken: TakenName }>()
  for (const { shape } of catalog.tables) {
    if (freed.has(tableKey(dialect.can, shape))) continue
    for (const taken of partsOf(shape, dialect)) holders.set(taken.key, { table: shape, taken })
  }
  const found: Finding[] = []
  for (const work of made) {
    const { after } = work
    if (after === null) continue
    for (const taken of partsOf(after, dialect)) {
      const holder = holders.get(taken.key)
      if (holder !== undefined && holder.table !== after) {
        const owner = dialect.display(holder.table)
        const message = `The ${taken.what} ${taken.name} of ${dialect.display(after)} cannot be made: ${owner} has ${article(holder.taken.what)} of that name. Rename one of them.`
        found.push({ code: codes.nameTaken, severity: 'error', path: pathOf(work, undefined, 'name'), message })
      }
      // Two tables of the plan may want one name where one of them keeps what the model does not know.
      holders.set(taken.key, { table: after, taken })
    }
  }
  return found
}

const partsOf = (shape: TableShape, dialect: Dialect): readonly TakenName[] => dialect.names(shape).filter(({ what }) => what !== 'table')
const article = (what: string) => `${/^[aeiou]/.test(what) && !what.startsWith('uni') ? 'an' : 'a'} ${what}`
