import { foldName, tableKey } from '../diff/names.ts'
import { MetaMigrateError } from '../errors.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { TableName } from '../model/shape.ts'
import type { Unmanaged } from './unmanaged.ts'

interface AnyPart {
  readonly kind: string
  readonly name: string
  readonly text: string
}

/** What a person asked to go of what only the database has. */
export interface Requested {
  has(tableId: string, part: AnyPart): boolean
  hasTable(name: TableName): boolean
}

export const nothingRequested: Requested = { has: () => false, hasTable: () => false }

/** Stands for every part of the selected tables. Never for a table. */
export const everyPart = '*'

interface Candidate {
  /** Table id and part, or the table's own key. */
  readonly key: string
  /** The full name, for messages: `index shop.payment.pay_amt`, `table shop.product`. */
  readonly shown: string
  readonly aliases: readonly string[]
}

const partKey = (tableId: string, { kind, name, text }: AnyPart) => JSON.stringify([tableId, kind, name, name === '' ? text : ''])

/**
 * The objects that `names` mean, among those which a plan would keep: `pay_amt`, `payment.pay_amt`, `shop.payment.pay_amt`, each also with its kind before it
 * (`index pay_amt`), or as the plan says it (`default of amount`); a table by its name. `known` some: a name may mean nothing yet.
 * Errors: UNMANAGED_UNKNOWN (naming the nearest), UNMANAGED_AMBIGUOUS.
 */
export function requestedOf(names: readonly string[], survey: Unmanaged, known: 'some' | 'all', dialect: Dialect): Requested {
  const parts = survey.tables.flatMap(({ match, merged, settled }) => {
    const own = [match.after, ...(match.before === null ? [] : [match.before])]
    const objects = [...merged.kept, ...merged.blocked, ...settled.kept.filter((part) => settled.droppable.has(part.text)), ...settled.blocked]
    return objects.map((part) => candidate(partKey(match.table.id, part), part, own, dialect))
  })
  const tables = survey.alone.map(({ shape }) => tableCandidate(shape, dialect))
  const fold = (text: string) => foldName(dialect.can, text.trim())
  const chosen = new Set<string>()
  for (const name of names) {
    if (name === everyPart) {
      for (const { key } of parts) chosen.add(key)
      continue
    }
    const found = [...parts, ...tables].filter(({ aliases }) => aliases.some((alias) => fold(alias) === fold(name)))
    const [only, ...more] = found
    if (only === undefined) {
      if (known === 'some') continue
      throw unknown(name, [...parts, ...tables])
    }
    if (more.length > 0) {
      const message = `'${name}' is the name of ${found.map(({ shown }) => shown).join(' and of ')}: say which by its whole name.`
      throw new MetaMigrateError('UNMANAGED_AMBIGUOUS', message, { name, objects: found.map(({ shown }) => shown) })
    }
    chosen.add(only.key)
  }
  return { has: (tableId, part) => chosen.has(partKey(tableId, part)), hasTable: (name) => chosen.has(tableKey(dialect.can, name)) }
}

function tableCandidate(shape: TableName, dialect: Dialect): Candidate {
  const plain = [`${shape.schema}.${shape.name}`, dialect.display(shape), shape.name].filter((name) => !name.startsWith('.'))
  return { key: tableKey(dialect.can, shape), shown: `table ${dialect.display(shape)}`, aliases: plain.flatMap((name) => [name, `table ${name}`]) }
}

/** `tables`: the table as it shall be called, and as it is. */
function candidate(key: string, part: AnyPart, tables: readonly TableName[], dialect: Dialect): Candidate {
  const places = [...new Set(tables.flatMap((table) => [dialect.display(table), table.name, `${table.schema}.${table.name}`]))].filter((name) => !name.startsWith('.'))
  const { kind, name, text } = part
  const isOwnName = !traits.has(kind)
  const named = name === '' ? places.map((place) => `${kind} ${place}`) : [...places.map((place) => `${place}.${name}`), ...(isOwnName ? [name] : [])]
  const full = places.map((place) => `${text} of ${place}`)
  const aliases = [...named.flatMap((one) => (name === '' ? [one] : [...(isOwnName ? [one] : []), `${kind} ${one}`])), text, ...full, ...(name === '' ? [] : [`${kind} ${name}`])]
  return { key, shown: full[0] ?? text, aliases: [...new Set(aliases)] }
}

/** Kinds that bear a column's name: the bare name would say the column. */
const traits: ReadonlySet<string> = new Set(['default', 'identity', 'generated', 'comment', 'collation'])

function unknown(name: string, candidates: readonly Candidate[]): MetaMigrateError {
  const near = candidates
    .flatMap(({ shown, aliases }) => aliases.map((alias) => ({ shown, far: distance(alias.toLowerCase(), name.toLowerCase()), size: alias.length })))
    .toSorted((a, b) => a.far - b.far)[0]
  const hint =
    candidates.length === 0
      ? 'The selected tables hold nothing that is not in the model.'
      : near !== undefined && near.far <= Math.max(2, Math.floor(near.size / 3))
        ? `Did you mean ${near.shown}?`
        : `There are: ${candidates.slice(0, 8).map(({ shown }) => shown).join('; ')}${candidates.length > 8 ? ` and ${candidates.length - 8} more` : ''}.`
  return new MetaMigrateError('UNMANAGED_UNKNOWN', `--drop-unmanaged '${name}' names nothing that only the database has. ${hint}`, { name })
}

/** Number of single-character edits between two words (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
