import { MetaMigrateError } from '../errors.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { Catalog } from '../flavor/driver.ts'
import type { Model } from '../model/model.ts'
import type { PlanOptions, Selection } from './plan.ts'
import { unmatched } from './selection.ts'
import { isNamed, wordOf } from './subject.ts'
import type { Subject } from './subject.ts'

/** Names that a message may offer instead; more would help nobody. */
const mostKnown = 5_000

const unknown = (message: string, word: string, known: readonly string[]) => new MetaMigrateError('ANSWER_UNKNOWN', message, { word, known: known.slice(0, mostKnown) })

/** Every name, also without the default schema. */
const withoutDefault = (names: readonly string[], { can }: Dialect): readonly string[] => names.flatMap((name) => (name.startsWith(`${can.defaultSchema}.`) ? [name, name.slice(can.defaultSchema.length + 1)] : [name]))

/** An answer that names nothing was meant for something: it is refused, never ignored. Errors: ANSWER_UNKNOWN, with the names that there are. */
export function refuseUnknownAnswers({ model, selection, options, catalog, dialect }: {
  readonly model: Model
  readonly selection: Selection
  readonly options: Pick<PlanOptions, 'renames'>
  readonly catalog: Catalog
  readonly dialect: Dialect
}): void {
  const idle = unmatched(model, selection, dialect.can)
  const tableNames = () => model.tables.map((table) => wordOf({ tables: [table], parts: [] }, dialect))
  if (idle.schema !== undefined) throw unknown(`No table of the model is in a schema called ${idle.schema}.`, idle.schema, [...new Set(model.tables.map(({ schema }) => (schema === '' ? dialect.can.defaultSchema : schema)))])
  if (idle.table !== undefined) throw unknown(`No table of the model is called ${idle.table}.`, idle.table, withoutDefault(tableNames(), dialect))
  for (const { from, to } of options.renames) {
    const old = catalog.tables.flatMap(({ shape }): readonly Subject[] => [{ tables: [shape], parts: [] }, ...shape.columns.map(({ name }) => ({ tables: [shape], parts: [name] }))])
    const found = old.find((subject) => isNamed(subject, from, dialect))
    if (found === undefined) throw unknown(`The target has no table and no field called ${from}, so it cannot be renamed or dropped.`, from, withoutDefault(old.map((subject) => wordOf(subject, dialect)), dialect))
    if (to === null) continue
    const isField = found.parts.length > 0
    const fresh = model.tables.flatMap((table): readonly Subject[] => (isField ? table.fields.map(({ name }) => ({ tables: [table, ...found.tables], parts: [name] })) : [{ tables: [table], parts: [] }]))
    if (fresh.some((subject) => isNamed(subject, to, dialect) || (isField && subject.parts[0] === to))) continue
    throw unknown(`The model has no ${isField ? 'field' : 'table'} called ${to}, so ${from} cannot become it.`, to, withoutDefault(fresh.map((subject) => wordOf(subject, dialect)), dialect))
  }
}
