import type { TableName } from '../../../app/model/shape.ts'
import { remember } from '../../remember.ts'
import { classWord, free } from './identifiers.ts'
import { ambiguousNames, classWords, importedNames } from './reserved.ts'
import type { Target } from './target.ts'

/** Schema that a name without one means; '' where the database has no such word. */
const defaultSchemas: Readonly<Record<Target['database'], string>> = { postgres: 'public', sqlite: 'main', mysql: '', mssql: 'dbo' }

/** The schema of a name as the code has to say it: '' for the default one. */
export const schemaOf = ({ schema }: TableName, { database }: Target): string => (schema === defaultSchemas[database] ? '' : schema)

/** What two names of one table have in common. */
export const keyOf = (name: TableName, target: Target): string => `${schemaOf(name, target)}\u0000${name.name}`

/** Class names of all tables of a model. */
export interface ClassNames {
  /** Null for a table outside of the model. `nth` counts tables that share one name. */
  readonly of: (name: TableName, nth?: number) => string | null
}

/**
 * A class for each table, in the order of the model: CamelCase, with the schema before it where two tables would be one class, with a number
 * where they still are. Django compares without case.
 */
export function classNamesOf(names: readonly TableName[], target: Target): ClassNames {
  const bases = names.map(({ name }) => baseOf(name))
  const counts = countsOf(bases)
  const qualified = names.map((name, at) => {
    const base = bases[at] ?? ''
    const schema = schemaOf(name, target)
    return (counts.get(base.toLowerCase()) ?? 0) > 1 && schema !== '' ? safe(classWord(`${schema}_${name.name}`)) : base
  })
  const again = countsOf(qualified)
  const taken = new Set(qualified.filter((name) => again.get(name.toLowerCase()) === 1).map((name) => name.toLowerCase()))
  const byKey = new Map<string, string[]>()
  names.forEach((name, at) => {
    const wish = qualified[at] ?? ''
    const isAlone = again.get(wish.toLowerCase()) === 1
    const found = isAlone ? wish : free(wish, (word) => taken.has(word.toLowerCase()), '')
    taken.add(found.toLowerCase())
    const key = keyOf(name, target)
    const known = byKey.get(key)
    if (known === undefined) byKey.set(key, [found])
    else known.push(found)
  })
  return { of: (name, nth = 0) => byKey.get(keyOf(name, target))?.[nth] ?? byKey.get(keyOf(name, target))?.[0] ?? null }
}

/** Kept by name: every key press asks again for all tables of the model. */
const baseOf = remember((name) => safe(classWord(name)), 65_536)

const safe = (word: string): string => (classWords.has(word) || importedNames.has(word) || ambiguousNames.has(word) ? `${word}Model` : word)

function countsOf(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) {
    const folded = word.toLowerCase()
    counts.set(folded, (counts.get(folded) ?? 0) + 1)
  }
  return counts
}
