import type { TableName, TableShape } from '../../../app/model/shape.ts'
import { bounded } from '../dialect/names.ts'
import type { Catalog, Connection, CopyColumn, Dependent, Operation } from '../../flavor.ts'

/** A text that runs, and what takes it back. */
export interface Step {
  readonly text: string
  readonly undo: readonly string[]
}

/** How one table is rebuilt: as it is, or as `after` with its columns filled from those of the old one. */
export interface Wanted {
  readonly name: TableName
  readonly after?: TableShape
  readonly columns?: readonly CopyColumn[]
}

const nameOf = ({ schema, name }: TableName): TableName => ({ schema, name })
const same = (a: TableName, b: TableName) => a.schema === b.schema && a.name === b.name

/** The way of a redeploy written out by hand: dependents off, foreign keys off, old tables aside, new ones made and filled, everything put back. */
export function rebuildSteps(
  connection: Connection,
  catalog: Catalog,
  wanted: readonly Wanted[],
): { readonly steps: readonly Step[]; readonly cleanup: readonly string[]; readonly digests: readonly (readonly [string, string])[] } {
  const { dialect } = connection
  const steps: Step[] = []
  const run = (operation: Operation) => {
    for (const { text, undo } of dialect.statements(operation)) steps.push({ text, undo: undo ?? [] })
  }
  const works = wanted.map(({ name, after, columns }) => {
    const table = catalog.tables.find(({ shape }) => same(shape, name))
    if (table === undefined) throw new Error(`no table ${name.name}`)
    const before = dialect.normalize(table.shape)
    const next = dialect.normalize(after ?? before)
    return {
      table,
      before,
      after: next,
      backup: bounded(`${name.name}__mm_0a1b2c3d`),
      columns: columns ?? before.columns.map((column) => ({ from: column, to: column })),
    }
  })
  const inside = works.map(({ before }) => before)
  const dependents = merged(
    works.map(({ table }) =>
      table.dependents.filter((one) => one.child === undefined || !inside.some((shape) => same(shape, one.child ?? shape))),
    ),
  )
  run({ kind: 'begin', tables: works.map(({ before }) => nameOf(before)) })
  for (const one of dependents.toReversed())
    one.detach.forEach((text, i) => steps.push({ text, undo: i === 0 ? (one.restore ?? one.attach) : [] }))
  for (const { before } of works)
    for (const reference of before.references) run({ kind: 'dropReference', table: nameOf(before), reference })
  for (const { before, backup } of works.toReversed())
    run({ kind: 'setAside', shape: { ...before, references: [] }, to: backup, remake: [], handedOn: serials(before) })
  for (const { after } of works) run({ kind: 'createTable', shape: after, references: false, handedOn: serials(after) })
  const digests: (readonly [string, string])[] = []
  for (const { before, after, backup, columns } of works) {
    const from = { schema: before.schema, name: backup }
    run({ kind: 'copyRows', from, to: after, columns })
    run({ kind: 'continueIdentity', from, fromShape: { ...before, ...from }, to: after, columns })
    digests.push([
      dialect.question({ kind: 'digest', table: from, columns, side: 'from' }),
      dialect.question({ kind: 'digest', table: nameOf(after), columns, side: 'to' }),
    ])
  }
  for (const { after } of works) for (const index of after.indexes) run({ kind: 'createIndex', table: nameOf(after), index })
  for (const { after } of works) for (const reference of after.references) run({ kind: 'addReference', table: nameOf(after), reference })
  for (const one of dependents) one.attach.forEach((text, i) => steps.push({ text, undo: i === 0 ? one.detach : [] }))
  run({ kind: 'checkReferences', tables: works.map(({ after }) => nameOf(after)) })
  const cleanup = works.flatMap(({ before, backup }) => {
    const shape = { ...before, name: backup, primaryKey: null, uniques: [], checks: [], references: [], indexes: [] }
    return dialect.statements({ kind: 'dropTable', shape }).map(({ text }) => text)
  })
  return { steps, cleanup, digests }
}

/** Every serial column goes on by its sequence here. */
const serials = ({ columns }: TableShape): readonly string[] => columns.filter(({ identity }) => identity === 'serial').map(({ name }) => name)

/** Each dependent once, in an order in which all can be made: what hangs on several tables comes where its last list has it. */
function merged(lists: readonly (readonly Dependent[])[]): readonly Dependent[] {
  const found = new Map<string, Dependent>()
  for (const list of lists) {
    for (const one of list) {
      const key = `${one.kind} ${one.name} ${one.attach.join(';')}`
      found.delete(key)
      found.set(key, one)
    }
  }
  return [...found.values()]
}
