import type { Dialect, TakenName } from '../flavor/dialect.ts'
import type { Finding } from '../model/finding.ts'
import type { Id, Table } from '../model/model.ts'
import { shapeOf } from '../model/resolve.ts'
import type { TableLookup } from '../model/resolve.ts'
import type { TableWork } from './work.ts'

/** Names that tables take in a flavor's namespaces, kept up to date one table at a time. */
export interface ClashIndex {
  /** Puts a table's names in place of those it had; `null` takes them out. Gives the tables whose findings may have changed, this one among them. */
  set(table: Table | null, id: Id): readonly Id[]
  /** One finding for each name of the table that another part holds too. */
  clashes(id: Id): readonly Finding[]
}

interface Holder {
  readonly id: Id
  readonly taken: TakenName
}

/** An index for one flavor; `lookup` finds tables as they are now. Names that the flavor makes by itself are in it too. */
export function createClashIndex(dialect: Dialect, lookup: TableLookup): ClashIndex {
  const holders = new Map<string, Holder[]>()
  const own = new Map<Id, readonly TakenName[]>()
  const remove = (id: Id) => {
    const names = own.get(id) ?? []
    own.delete(id)
    for (const { key } of names) {
      const left = (holders.get(key) ?? []).filter((holder) => holder.id !== id)
      if (left.length === 0) holders.delete(key)
      else holders.set(key, left)
    }
    return names
  }
  return {
    set(table, id) {
      const before = remove(id)
      const after = table === null ? [] : dialect.names(shapeOf(table, lookup))
      if (after.length > 0) own.set(id, after)
      for (const taken of after) {
        const list = holders.get(taken.key)
        if (list === undefined) holders.set(taken.key, [{ id, taken }])
        else list.push({ id, taken })
      }
      const touched = [...before, ...after].flatMap(({ key }) => (holders.get(key) ?? []).map((holder) => holder.id))
      return [...new Set([id, ...touched])]
    },
    clashes: (id) =>
      (own.get(id) ?? []).flatMap((taken): readonly Finding[] => {
        const others = (holders.get(taken.key) ?? []).filter((holder) => holder.taken !== taken)
        const [first] = others
        const table = lookup(id)
        return first === undefined || table === undefined ? [] : [clash(table, taken, first, { dialect, lookup })]
      }),
  }
}

function clash(
  table: Table,
  taken: TakenName,
  other: Holder,
  { dialect, lookup }: { readonly dialect: Dialect; readonly lookup: TableLookup },
): Finding {
  const parts = [...table.keys, ...table.references, ...table.indexes, ...table.checks]
  const part = taken.part === '' ? undefined : parts.find(({ name }) => name === taken.part)
  const holder = lookup(other.id)
  const owner = holder === undefined ? 'another table' : dialect.display(holder)
  const isTable = other.taken.part === '' && other.taken.what === 'table'
  const what = isTable
    ? `the table ${owner}`
    : `the ${other.taken.what} ${other.taken.name} of ${other.id === table.id ? 'the same table' : owner}`
  return {
    code: 'NAME_CLASH',
    severity: 'error',
    flavor: dialect.name,
    path: { table: table.id, ...(part === undefined ? {} : { part: part.id }), property: 'name' },
    message: `The ${taken.what} ${taken.name} has the name of ${what}: to ${dialect.label} they are one name. Rename one of them.`,
  }
}

/** Tables of the model that a plan makes. */
export const deployedTables = (works: readonly TableWork[]): readonly Table[] =>
  works.flatMap(({ table, action }) => (table !== null && (action === 'create' || action === 'rebuild') ? [table] : []))

/** Every clash of names among the tables, once for each that holds one. */
export function nameClashes(tables: readonly Table[], dialect: Dialect, lookup: TableLookup): readonly Finding[] {
  const index = createClashIndex(dialect, lookup)
  for (const table of tables) index.set(table, table.id)
  return tables.flatMap(({ id }) => index.clashes(id))
}
