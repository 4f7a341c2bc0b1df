import { bounded, hash8 } from '../../names.ts'
import type { TableShape } from '../../../app/model/shape.ts'
import { free } from './identifiers.ts'
import { isFragile } from './names.ts'
import type { TablePlan } from './plan.ts'
import type { Target } from './target.ts'

/** The longest name of an index (models.E034), and what databases take for a constraint. */
const indexLimit = { maxIdentifierLength: 30, identifierUnit: 'characters' } as const
const constraintLimit = { maxIdentifierLength: 60, identifierUnit: 'bytes' } as const

/** Names of constraints and indexes of one table, in the order of its parts; a part that is no constraint has its name all the same. */
export interface PartNames {
  readonly uniques: readonly string[]
  readonly checks: readonly string[]
  readonly indexes: readonly string[]
  /** Name of the check that an enum of this column stands for. */
  readonly choices: (column: string) => string
  /** Name of the unique constraint that stands for a primary key of several columns. */
  readonly key: string
}

/** Names as the model has them, made ones after the convention of PostgreSQL where it has none. Each is one that Django takes, and no two of a table are the same. */
export function partNamesOf(shape: TableShape, target: Target): PartNames {
  const taken = new Set<string>()
  const unique = (name: string) => {
    const found = free(name, (one) => taken.has(one))
    taken.add(found)
    return found
  }
  const constraint = (name: string, made: string) => unique(bounded(legal(name === '' ? made : name, target), constraintLimit))
  const index = (name: string, made: string) => unique(bounded(begun(legal(name === '' ? made : name, target)), indexLimit))
  const joined = (columns: readonly string[], end: string) => [shape.name, ...columns, end].join('_')
  return {
    uniques: shape.uniques.map(({ name, columns }) => constraint(name, joined(columns, 'key'))),
    checks: shape.checks.map(({ name }) => constraint(name, joined([], 'check'))),
    indexes: shape.indexes.map(({ name, parts, unique: isUnique }) => {
      const made = joined(parts.map(({ column }) => column ?? 'expr'), isUnique ? 'key' : 'idx')
      return isUnique ? constraint(name, made) : index(name, made)
    }),
    choices: (column) => bounded(legal(joined([column], 'choices'), target), constraintLimit),
    key: constraint('', joined(shape.primaryKey?.columns ?? [], 'key')),
  }
}

/** Names of all tables together, with those of a table told apart that another one has too (models.E030, models.E032). */
export function sharedNames(plans: readonly TablePlan[], target: Target): (plan: TablePlan, name: string) => string {
  const owners = new Map<string, number>()
  for (const { shape } of plans) {
    const { uniques, checks, indexes, key } = partNamesOf(shape, target)
    for (const name of new Set([...uniques, ...checks, ...indexes, key])) owners.set(name, (owners.get(name) ?? 0) + 1)
  }
  return ({ className }, name) => ((owners.get(name) ?? 0) > 1 ? `${Array.from(name).slice(0, 21).join('')}_${hash8(JSON.stringify([className, name]))}` : name)
}

/** Django quotes these names, but doubles no quote and fills parameters into what stands around them. */
const legal = (name: string, target: Target): string => {
  const word = name.replaceAll(/[\p{Cc}\p{Cs}]/gu, '_').trim()
  const whole = word === '' ? 'unnamed' : word
  return isFragile(whole, target) ? whole.replaceAll(/["%`[\]]/g, '_') : whole
}

/** models.E033: no underscore and no digit first. */
const begun = (name: string): string => (/^[_\p{Nd}\p{No}]/u.test(name) ? `i${name}` : name)
