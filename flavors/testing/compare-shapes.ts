import type { ColumnShape, TableShape } from '../../app/model/shape.ts'

/** One way in which two tables that should be equal are not. `ours` or `theirs` null: not there. */
export interface Difference {
  readonly table: string
  /** `type`, `nullable`, `default` ... of a column; `primaryKey`, `unique`, `check`, `reference`, `index`, and `... name` where only the name differs. */
  readonly what: string
  readonly column: string
  readonly ours: unknown
  readonly theirs: unknown
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Every difference of two tables in normal form. Parts are matched by what they say, not by their names. */
export function compareShapes(ours: TableShape, theirs: TableShape): readonly Difference[] {
  const found: Difference[] = []
  const add = (what: string, column: string, one: unknown, other: unknown) => {
    if (!same(one, other)) found.push({ table: ours.name, what, column, ours: one, theirs: other })
  }
  add('comment', '', ours.comment, theirs.comment)
  add('order', '', ours.columns.map(({ name }) => name), theirs.columns.map(({ name }) => name))
  for (const column of ours.columns) {
    const other = theirs.columns.find(({ name }) => name === column.name)
    for (const key of ['type', 'nullable', 'default', 'identity', 'generated', 'comment', 'collation'] satisfies (keyof ColumnShape)[]) if (other !== undefined) add(key, column.name, column[key], other[key])
  }
  add('primaryKey', '', ours.primaryKey?.columns ?? null, theirs.primaryKey?.columns ?? null)
  if (same(ours.primaryKey?.columns, theirs.primaryKey?.columns)) add('primaryKey name', '', ours.primaryKey?.name, theirs.primaryKey?.name)
  parts('unique', ours.uniques, theirs.uniques)
  parts('check', ours.checks, theirs.checks)
  parts('reference', ours.references, theirs.references)
  parts('index', ours.indexes, theirs.indexes)
  return found

  function parts(what: string, left: readonly { readonly name: string }[], right: readonly { readonly name: string }[]) {
    const bare = ({ name: _name, ...rest }: { readonly name: string }) => JSON.stringify(rest)
    const rest = [...right]
    for (const part of left) {
      const exact = rest.findIndex((one) => same(one, part))
      const at = exact < 0 ? rest.findIndex((one) => bare(one) === bare(part)) : exact
      const [match] = at < 0 ? [undefined] : rest.splice(at, 1)
      if (match === undefined) add(what, '', part, null)
      else add(`${what} name`, '', part.name, match.name)
    }
    for (const part of rest) add(what, '', null, part)
  }
}
