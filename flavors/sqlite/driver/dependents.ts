import type { TableShape } from '../../../app/model/shape.ts'
import type { Dependent } from '../../flavor.ts'
import { identifier } from '../dialect/names.ts'
import { isName, tokenize } from '../dialect/tokens.ts'
import type { SchemaObject } from './catalog.ts'

/** Objects of one schema, with the names that each text mentions (lower case). */
export interface Mentions {
  readonly objects: readonly SchemaObject[]
  readonly names: ReadonlyMap<string, ReadonlySet<string>>
}

/** Which names every view and trigger mentions. */
export function mentionsOf(objects: readonly SchemaObject[]): Mentions {
  const names = new Map<string, ReadonlySet<string>>()
  for (const { type, name, sql } of objects) {
    if (type !== 'view' && type !== 'trigger') continue
    names.set(name, new Set(tokenize(sql).filter(isName).map(({ value }) => value.toLowerCase())))
  }
  return { objects, names }
}

/** Views and triggers that mention `table`, through views of views as well; triggers on the table itself come first, in catalog order. */
export function usersOf(table: string, { objects, names }: Mentions): readonly SchemaObject[] {
  const reached = new Set([table.toLowerCase()])
  const found = new Set<string>()
  let grew = true
  while (grew) {
    grew = false
    for (const { type, name } of objects) {
      const mentioned = names.get(name)
      if (mentioned === undefined || found.has(name) || ![...reached].some((one) => mentioned.has(one))) continue
      found.add(name)
      if (type === 'view') reached.add(name.toLowerCase())
      grew = true
    }
  }
  const users = objects.filter(({ type, name }) => (type === 'view' || type === 'trigger') && found.has(name))
  return users.toSorted((a, b) => Number(isOn(b, table)) - Number(isOn(a, table)))
}

const isOn = (object: SchemaObject, table: string) => object.type === 'trigger' && object.table.toLowerCase() === table.toLowerCase()

/**
 * What hangs on a table. SQLite keeps views and foreign keys of other tables as text: they stay where they are while the table is remade,
 * so only triggers on the table itself are put back. `columnsUsed`: columns that each user needs, by its name; `nameAfter`: the table's name in the texts of `users`.
 */
export function dependentsOf(
  shape: TableShape,
  context: { readonly nameAfter: string; readonly users: readonly SchemaObject[]; readonly shapes: readonly TableShape[]; readonly columnsUsed: ReadonlyMap<string, readonly string[]> },
): readonly Dependent[] {
  const table = { schema: '', name: shape.name }
  const fromUsers = context.users.map((user): Dependent => ({
    kind: user.type,
    name: `${user.type} ${user.name}`,
    table,
    // The old table brings its triggers back itself (`remake`); the new one must lose its own before rows are taken out again.
    ...(isOn(user, context.nameAfter) ? { detach: [`DROP TRIGGER ${identifier(user.name)}`], attach: [user.sql], restore: [] } : { detach: [], attach: [] }),
    columns: context.columnsUsed.get(user.name) ?? [],
  }))
  const inbound = context.shapes.flatMap((child) => child.references
    .filter(({ parent }) => parent.name.toLowerCase() === shape.name.toLowerCase())
    .map(({ name, parentColumns }): Dependent => ({
      kind: 'inbound reference',
      name: `foreign key ${name === '' ? '' : `${name} `}of ${child.name}`,
      table,
      child: { schema: '', name: child.name },
      detach: [],
      attach: [],
      columns: parentColumns,
    })))
  return [...fromUsers, ...inbound]
}
