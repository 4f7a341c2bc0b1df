import { declaredShape } from '../diff/declared-types.ts'
import { matchModel } from '../diff/match.ts'
import type { IdentityRecord } from '../diff/match.ts'
import { tableKey } from '../diff/names.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { Catalog, CatalogTable, Dependent } from '../flavor/driver.ts'
import type { Finding } from '../model/finding.ts'
import type { Model, Table } from '../model/model.ts'
import { lookupOf, shapeOf } from '../model/resolve.ts'
import type { TableLookup } from '../model/resolve.ts'
import type { ReferenceShape, TableName, TableShape } from '../model/shape.ts'
import { renameShape } from '../diff/rename-shape.ts'
import type { RenameLookup } from '../diff/rename-shape.ts'
import { assemble } from './assemble.ts'
import { inboundReference } from './dependents.ts'
import { renamesInPlace } from './make-works.ts'
import { deployedTables, nameClashes } from './name-clashes.ts'
import type { CommandName, PlanGroup, PlanOptions, Step } from './plan.ts'
import { previewCode } from './preview-code.ts'
import { privateNames } from './private-names.ts'
import { renderPlanText } from './render-plan.ts'
import { placedFinding, staticFindings } from './static-findings.ts'
import { strategyOf } from './strategy.ts'
import { planRenames } from './work.ts'
import { MetaMigrateError } from '../errors.ts'

/** Nothing accepted, nothing chosen. */
export const defaultOptions: PlanOptions = {
  allowLossy: false,
  accept: [],
  keepBackup: null,
  strategy: null,
  includeUnchanged: false,
  renames: [],
}

export interface PreviewInput {
  readonly command: CommandName
  readonly model: Model
  /** Only these tables; all of the model when left out. */
  readonly tableIds?: readonly string[]
  /** What the target is assumed to hold; left out: for create nothing, for the others just this model. Pairs by id, so a rename is known. */
  readonly baseline?: Model
  readonly dialect: Dialect
  readonly options?: PlanOptions
  /** A lookup that the caller keeps up to date, so that a key press does not walk the model. */
  readonly lookup?: TableLookup
}

export interface Preview {
  readonly groups: readonly PlanGroup[]
  readonly steps: readonly Step[]
  /** Script text; '' when there is nothing to do. */
  readonly text: string
  /** Files of a flavor that writes code; absent where the text is one script. */
  readonly files?: readonly { readonly path: string; readonly text: string }[]
  readonly findings: readonly Finding[]
  /** What was assumed about the target, for people. */
  readonly assumed: string
}

/** The text of a command without a target: the same composing code as a plan, on the assumption that the target equals the baseline. Rows are not looked at. */
export function previewCommand(input: PreviewInput): Preview {
  const { command, model, dialect } = input
  const lookup = input.lookup ?? lookupOf(model)
  const tables = input.tableIds === undefined ? model.tables : input.tableIds.flatMap((id) => lookup(id) ?? [])
  if (dialect.document !== null) return codeOf(input, tables, lookup)
  const baseline = input.baseline ?? (command === 'create' ? null : model)
  const assumed = assumption(input, baseline)
  // Without a baseline of its own a redeploy would find nothing changed: the whole rebuild is what is asked for then.
  const options = {
    ...(input.options ?? defaultOptions),
    ...(input.baseline === undefined && command === 'redeploy' ? { includeUnchanged: true } : {}),
  }
  const strategy = strategyOf(options, dialect)
  const inPlace = renamesInPlace({ strategy, dialect })
  const read = (renames: RenameLookup) =>
    baseline === null ? emptyCatalog(dialect) : catalogOf({ baseline, tables, dialect, renames, inPlace })
  const catalog = read(() => undefined)
  try {
    const match = matchModel({
      tables,
      lookup,
      catalog: catalog.tables,
      identities: baseline === null ? [] : identitiesOf(baseline, tables, dialect),
      renames: options.renames,
      spent: [],
      dialect,
    })
    const names = privateNames(dialect.can, [])
    const renames = planRenames(command === 'redeploy' ? match.pairs : [], dialect, names)
    const backups = catalog.tables.map(({ shape }) => ({ table: tableKey(dialect.can, shape), name: backupOf(shape), fields: [] }))
    const renamed = read(renames.lookup)
    const withBackups = command === 'restore' ? { ...catalog, tables: [...catalog.tables, ...catalog.tables.map(asBackup)] } : catalog
    const made = assemble({
      command,
      match,
      selected: new Set(tables.map(({ id }) => id)),
      catalog: withBackups,
      renamed,
      renames,
      options,
      strategy,
      dialect,
      names,
      backups,
    })
    return {
      groups: made.groups,
      steps: made.groups.flatMap((group) => group.steps),
      text: renderPlanText(made, dialect),
      findings: [
        ...made.findings,
        ...staticFindings(made.works, dialect, lookup),
        ...nameClashes(deployedTables(made.works), dialect, lookup),
      ],
      assumed,
    }
  } catch (error) {
    if (!(error instanceof MetaMigrateError) || !refusals.has(error.code)) throw error
    return { groups: [], steps: [], text: '', findings: refusalsOf(error, { tables, lookup, dialect }), assumed }
  }
}

/** What a dialect throws for a model that it cannot write. */
const refusals: ReadonlySet<string> = new Set(['FLAVOR_UNSUPPORTED', 'NAME_REFUSED', 'EXPRESSION_REFUSED', 'TYPE_REFUSED', 'TEXT_REFUSED'])

/** Every error that the flavor's own check finds, each at its place; the refusal itself where the check says nothing of it. */
function refusalsOf(
  error: MetaMigrateError,
  { tables, lookup, dialect }: { readonly tables: readonly Table[]; readonly lookup: TableLookup; readonly dialect: Dialect },
): readonly Finding[] {
  const found = tables.flatMap((table) => dialect.check(shapeOf(table, lookup)).map((finding) => placedFinding(finding, table)))
  if (found.some(({ severity }) => severity === 'error')) return found
  return [{ code: error.code, severity: 'error', path: {}, message: error.message, flavor: dialect.name }, ...found]
}

/** A flavor that writes code says what the tables are; how they come to be is the framework's own affair. */
function codeOf({ command, model, dialect }: PreviewInput, tables: readonly Table[], lookup: TableLookup): Preview {
  const nothing: Preview = { groups: [], steps: [], text: '', findings: [], assumed: '' }
  if (command === 'create') return { ...nothing, ...previewCode({ model, tables, lookup, dialect }) }
  const message = `${dialect.label} is written as code: it has no ${command}. Look at create, and let the framework's own migrations do the rest.`
  return { ...nothing, findings: [{ code: 'FLAVOR_UNSUPPORTED', severity: 'warning', path: {}, message, flavor: dialect.name }] }
}

function assumption({ command, baseline }: PreviewInput, assumed: Model | null): string {
  if (assumed === null) return 'Assumed: the target holds none of these tables.'
  if (baseline === undefined) return `Assumed: the target holds just this model (${command}).`
  return 'Assumed: the target equals the model as it was opened.'
}

const emptyCatalog = (dialect: Dialect): Catalog => ({ tables: [], takenNames: [], schemas: [dialect.can.defaultSchema] })

const backupOf = (name: TableName): TableName => ({ schema: name.schema, name: `${name.name}__mm_backup` })
const asBackup = (one: CatalogTable): CatalogTable => ({ ...one, shape: { ...one.shape, ...backupOf(one.shape) }, dependents: [] })

interface Assumed {
  readonly baseline: Model
  readonly tables: readonly Table[]
  readonly dialect: Dialect
  /** Texts read as they will after these; shapes stay as they are now. */
  readonly renames: RenameLookup
  /** The old table is renamed before it is rebuilt; else what is taken off it is named as now. */
  readonly inPlace: boolean
}

/** A catalog in which just the baseline's twins of `tables` stand, with the foreign keys that point at them. */
function catalogOf(input: Assumed): Catalog {
  const { baseline, tables, dialect } = input
  const known = indexOf(baseline)
  const old = new Map<string, Table>()
  for (const table of tables) {
    const twin = known.lookup(table.id) ?? known.byName(table)
    if (twin !== undefined) old.set(twin.id, twin)
  }
  const schemas = [...new Set([dialect.can.defaultSchema, ...known.schemas])]
  return { tables: [...old.values()].map((table) => catalogTable(table, known, input)), takenNames: [], schemas }
}

function catalogTable(table: Table, known: BaselineIndex, { dialect, renames, inPlace }: Assumed): CatalogTable {
  const shape = dialect.normalize(declaredShape(table, known.lookup, dialect))
  return {
    shape,
    rowEstimate: null,
    dependents: inboundOf(table, known, { dialect, renames, inPlace }),
    remake: remakeOf(inPlace ? renameShape(shape, renames) : shape, dialect),
    fingerprint: '',
  }
}

/** Statements that would make the old table again, as far as the model knows it. */
function remakeOf(shape: TableShape, dialect: Dialect): readonly string[] {
  if (dialect.can.foreignKeys !== 'inline') return []
  const table = { schema: shape.schema, name: shape.name }
  const operations = [
    { kind: 'createTable', shape, references: true } as const,
    ...shape.indexes.map((index) => ({ kind: 'createIndex', table, index }) as const),
  ]
  return operations.flatMap((operation) => dialect.statements(operation).map(({ text }) => text))
}

function inboundOf(
  table: Table,
  known: BaselineIndex,
  { dialect, renames, inPlace }: Pick<Assumed, 'dialect' | 'renames' | 'inPlace'>,
): readonly Dependent[] {
  if (dialect.can.foreignKeys !== 'alter') return []
  return known.children(table.id).flatMap((child) => {
    const now = dialect.normalize(shapeOf(child, known.lookup))
    const shape = renameShape(now, renames)
    const parent = dialect.normalize(shapeOf(table, known.lookup))
    const after = renames(parent)?.to ?? parent
    const name = { schema: shape.schema, name: shape.name }
    const isOwn = (reference: ReferenceShape) => tableKey(dialect.can, reference.parent) === tableKey(dialect.can, after)
    return shape.references.flatMap((reference, at): readonly Dependent[] => {
      if (!isOwn(reference)) return []
      const texts = (kind: 'addReference' | 'dropReference', of: ReferenceShape) =>
        dialect.statements({ kind, table: name, reference: of }).map(({ text }) => text)
      const before = inPlace ? reference : (now.references[at] ?? reference)
      return [
        {
          kind: inboundReference,
          name: `foreign key ${reference.name} of ${dialect.display(name)}`,
          table: { schema: parent.schema, name: parent.name },
          detach: texts('dropReference', before),
          attach: texts('addReference', reference),
          ...(inPlace ? {} : { restore: texts('addReference', before) }),
          columns: [],
          child: { schema: now.schema, name: now.name },
        },
      ]
    })
  })
}

interface BaselineIndex {
  readonly lookup: TableLookup
  byName(table: TableName): Table | undefined
  /** Tables with a foreign key to this one. */
  children(id: string): readonly Table[]
  readonly schemas: readonly string[]
}

const indexes = new WeakMap<Model, BaselineIndex>()

/** Look-ups over a baseline, made once: it does not change while a person types. */
function indexOf(model: Model): BaselineIndex {
  const known = indexes.get(model)
  if (known !== undefined) return known
  const children = new Map<string, Table[]>()
  for (const table of model.tables) {
    for (const { target } of table.references) {
      if (target.kind === 'id') children.set(target.table, [...new Set([...(children.get(target.table) ?? []), table])])
    }
  }
  const names = new Map(model.tables.map((table) => [`${table.schema}\u0000${table.name}`, table]))
  const made: BaselineIndex = {
    lookup: lookupOf(model),
    byName: ({ schema, name }) => names.get(`${schema}\u0000${name}`),
    children: (id) => children.get(id) ?? [],
    schemas: [...new Set(model.tables.map(({ schema }) => schema).filter((schema) => schema !== ''))],
  }
  indexes.set(model, made)
  return made
}

/** The baseline's names by id: what the bookkeeping of a real target would say. */
function identitiesOf(baseline: Model, tables: readonly Table[], dialect: Dialect): readonly IdentityRecord[] {
  const { lookup } = indexOf(baseline)
  return tables.flatMap(({ id }) => {
    const old = lookup(id)
    if (old === undefined) return []
    const schema = old.schema === '' ? dialect.can.defaultSchema : old.schema
    const own = { tableId: id, schema, table: old.name }
    return [{ ...own, fieldId: '', column: '' }, ...old.fields.map((field) => ({ ...own, fieldId: field.id, column: field.name }))]
  })
}
