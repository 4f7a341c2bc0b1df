import type { RenameCandidate } from '../diff/candidate.ts'
import { matchModel } from '../diff/match.ts'
import type { ModelMatch } from '../diff/match.ts'
import { tableKey } from '../diff/names.ts'
import { MetaMigrateError } from '../errors.ts'
import type { Strategy } from '../flavor/capabilities.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { Catalog, Connection, IntrospectOptions } from '../flavor/driver.ts'
import type { Finding } from '../model/finding.ts'
import type { Model } from '../model/model.ts'
import { lookupOf } from '../model/resolve.ts'
import type { RenameLookup } from '../diff/rename-shape.ts'
import type { TableName } from '../model/shape.ts'
import { acceptance } from './acceptance.ts'
import { assemble, tablesAround, worksOf } from './assemble.ts'
import type { Assembled, AssembleInput } from './assemble.ts'
import { canonicalJson } from './canonical.ts'
import { keptForRejects } from './cleanup.ts'
import { codes } from './codes.ts'
import { hasBooks, readHistory } from './history.ts'
import { loadedHere } from './loaded-table.ts'
import type { LoadedTable } from './loaded-table.ts'
import type { History } from './history.ts'
import { isUnchanged } from './make-works.ts'
import type { Works } from './make-works.ts'
import { measure } from './measure.ts'
import { refuseUnknownAnswers } from './known-answers.ts'
import { deployedTables, nameClashes } from './name-clashes.ts'
import { namesInTheWay } from './names-in-the-way.ts'
import type { CommandName, Plan, PlanOptions, Selection } from './plan.ts'
import { isPrivateName, privateNames } from './private-names.ts'
import type { PrivateNames } from './private-names.ts'
import { selectTables } from './selection.ts'
import { staticFindings } from './static-findings.ts'
import { strategyOf } from './strategy.ts'
import { baseFinder, findUnmanaged } from './unmanaged.ts'
import { unmanagedFindings, unmanagedObjects } from './unmanaged-findings.ts'
import { nothingRequested, requestedOf } from './unmanaged-names.ts'
import type { Requested } from './unmanaged-names.ts'
import { planRenames } from './work.ts'
import type { RenamePlan } from './work.ts'

export interface PlanInput {
  readonly command: CommandName
  readonly model: Model
  readonly selection: Selection
  readonly options: PlanOptions
  /** A session on the target; nothing in the database is changed with it. */
  readonly connection: Connection
  /** The target's address without a secret. */
  readonly url: string
  /** SHA-256 of a text, in hex. */
  readonly hash: (text: string) => string
  /**
   * Tables of this target as models were loaded from them: their ids, and what the model had then, are known to the target even before it has recorded any.
   */
  readonly loaded?: readonly LoadedTable[]
  /** What else is to be told with the plan. */
  readonly notes?: readonly Finding[]
}

/** As `PlanReply` of app/api. */
export interface PlanAnswer {
  readonly plan: Plan | null
  readonly candidates: readonly RenameCandidate[]
  readonly findings: readonly Finding[]
  /** Answers of `accept` that cover nothing in this plan; absent when all do, or there is nothing to do. */
  readonly idle?: readonly string[]
}

/**
 * The plan of a command for a live target. No plan while plausible renames are unanswered (`candidates`), or when the flavor cannot say it (FLAVOR_UNSUPPORTED finding).
 * A plan with a finding of severity error may be shown but is never run.
 */
export async function planCommand(input: PlanInput): Promise<PlanAnswer> {
  const { model, connection, options } = input
  const { dialect } = connection
  const strategy = strategyOf(options, dialect)
  const tables = selectTables(model, input.selection, dialect.can)
  const all = await connection.introspect()
  const catalog = ownTablesOut(all, dialect)
  refuseUnknownAnswers({ ...input, options: input.command === 'redeploy' ? options : { renames: [] }, catalog, dialect })
  const recorded = await readHistory(connection, {
    isThere: await hasBooks(connection),
    runs: input.command === 'restore' || hasPreviousNames(model),
  })
  const history = { ...recorded, identities: loadedHere(input.loaded ?? [], catalog.tables, recorded.identities, dialect) }
  const selected = new Set(tables.map(({ id }) => id))
  const matched = matchFor(input, catalog, history, dialect)
  const asked = matched.candidates.filter(({ to }) => tables.some((table) => isOf(to, table, dialect)))
  if (input.command === 'redeploy' && asked.length > 0) return { plan: null, candidates: asked, findings: [] }
  const names = privateNames(dialect.can, all.takenNames)
  const keep = keeper(input, { matched, selected, history })
  // First as the catalog is now, to see what changes at all; then as it reads after the renames that follow from that.
  const { match } = keep(() => undefined, catalog, 'some')
  const moving = input.command === 'redeploy' ? match.pairs.filter(({ table }) => selected.has(table.id)) : []
  const renames = planRenames(moving, dialect, names)
  const renamed = await introspectRenamed(input, { match, catalog, renames, selected, names })
  if ('code' in renamed) return { plan: null, candidates: [], findings: [renamed] }
  const unmanaged = keep(renames.lookup, renamed, 'all')
  const wanted: AssembleInput = {
    ...input,
    strategy,
    match: unmanaged.match,
    selected,
    catalog: all,
    renamed,
    renames: ofMatches(renames, match, unmanaged.match),
    unmanaged,
    dialect,
    names,
    backups: history.backups,
  }
  const works = worksOf(wanted)
  const used = new Set<string>()
  const measured = await measure(works.works, { ...tablesAround(works.works, wanted), connection, isAccepted: acceptance(options, dialect, (text) => used.add(text)) })
  const made = tryAssemble(wanted, { ...works, works: measured.works })
  if ('finding' in made) return { plan: null, candidates: [], findings: [made.finding] }
  const objects = unmanagedObjects(unmanaged, made.unchanged, dialect)
  const clashes = nameClashes(deployedTables(made.works), dialect, lookupOf(model))
  const told = new Set(clashes.map(({ path }) => path.table))
  const findings = [
    ...(input.notes ?? []),
    ...made.findings,
    ...unmanagedFindings(unmanaged, objects, dialect),
    ...staticFindings(made.works, dialect, lookupOf(model)),
    ...clashes,
    ...measured.findings,
    ...keptForRejects(made.works, options, dialect),
    ...takenFindings(made, catalog, dialect),
    ...namesInTheWay(made.works, catalog, dialect).filter(({ path }) => path.table === undefined || !told.has(path.table)),
  ]
  const idle = made.groups.length === 0 ? [] : options.accept.filter((text) => !used.has(text))
  return { plan: planOf(input, strategy, { ...made, unmanaged: objects }, findings), candidates: [], findings, ...(idle.length === 0 ? {} : { idle }) }
}

interface Keeping {
  readonly matched: ModelMatch
  readonly selected: ReadonlySet<string>
  readonly history: History
}

/** Finds what only the database has, for renames and a catalog that was read after them. Errors: UNMANAGED_UNKNOWN, UNMANAGED_AMBIGUOUS. */
function keeper({ command, connection: { dialect }, options, loaded }: PlanInput, { matched, selected, history }: Keeping) {
  const base = baseFinder(history, loaded ?? [], dialect)
  const find = (requested: Requested, lookup: RenameLookup, renamed: Catalog) => findUnmanaged({ command, match: matched, selected, lookup, renamed, base, requested, dialect })
  const names = command === 'redeploy' ? (options.dropUnmanaged ?? []) : []
  // Objects are named as the plan names them, after the renames: before these some are not known yet.
  return (lookup: RenameLookup, renamed: Catalog, known: 'some' | 'all') =>
    find(names.length === 0 ? nothingRequested : requestedOf(names, find(nothingRequested, lookup, renamed), known, dialect), lookup, renamed)
}

/** The same renames, by the matches that stand in place of those they were made for. */
function ofMatches({ lookup, columns }: RenamePlan, from: ModelMatch, to: ModelMatch): RenamePlan {
  const twins = new Map(from.pairs.map((pair, at) => [pair, to.pairs[at] ?? pair]))
  return { lookup, columns: new Map([...columns].map(([match, steps]) => [twins.get(match) ?? match, steps])) }
}

const hasPreviousNames = ({ tables }: Model) =>
  tables.some(({ previousName, fields }) => previousName !== '' || fields.some((field) => field.previousName !== ''))

/** Whether a candidate's display name belongs to a table of the selection. */
function isOf(display: string, table: { readonly schema: string; readonly name: string }, dialect: Dialect): boolean {
  const schema = table.schema === '' ? dialect.can.defaultSchema : table.schema
  return [`${schema}.${table.name}`, table.name].some((name) => display === name || display.startsWith(`${name}.`))
}

/** Without our bookkeeping and our backups: they are not part of anyone's model. */
export function ownTablesOut(catalog: Catalog, dialect: Dialect): Catalog {
  const own = new Set((dialect.bookkeeping?.tables ?? []).map((name) => tableKey(dialect.can, name)))
  return {
    ...catalog,
    tables: catalog.tables.filter(({ shape }) => !own.has(tableKey(dialect.can, shape)) && !isPrivateName(dialect.can, shape.name)),
  }
}

function matchFor({ command, model, options }: PlanInput, catalog: Catalog, history: History, dialect: Dialect): ModelMatch {
  return matchModel({
    tables: model.tables,
    lookup: lookupOf(model),
    catalog: catalog.tables,
    identities: history.identities,
    renames: command === 'redeploy' ? options.renames : [],
    spent: history.spent,
    dialect,
  })
}

interface Renaming {
  readonly match: ModelMatch
  readonly catalog: Catalog
  readonly renames: RenamePlan
  readonly selected: ReadonlySet<string>
  readonly names: PrivateNames
}

/** The catalog with its texts as they will read after the renames; the one we have when nothing is renamed; a finding when the engine refuses them. */
async function introspectRenamed(
  { connection, command }: PlanInput,
  { match, catalog, renames, selected, names }: Renaming,
): Promise<Catalog | Finding> {
  if (command !== 'redeploy') return catalog
  const { dialect } = connection
  const pairs = match.pairs.filter((pair) => selected.has(pair.table.id) && pair.before !== null && !isUnchanged(pair, renames, dialect))
  const wanted = pairs.flatMap(({ before, after }) =>
    before === null || before.name === after.name ? [] : [{ from: { schema: before.schema, name: before.name }, to: after.name }],
  )
  // A table whose name is needed is set aside before the renames: out of the way here too.
  const key = (name: TableName) => tableKey(dialect.can, name)
  const leaving = new Set(wanted.map(({ from }) => key(from)))
  const needed = new Set(wanted.map(({ from, to }) => key({ schema: from.schema, name: to })))
  const inTheWay = catalog.tables.filter(({ shape }) => needed.has(key(shape)) && !leaving.has(key(shape)))
  const tables = [
    ...inTheWay.map(({ shape: { schema, name } }) => ({ from: { schema, name }, to: names.make(schema, name, 'aside') })),
    ...wanted,
  ]
  const columns = pairs.flatMap((pair) =>
    (renames.columns.get(pair)?.steps ?? []).map(({ from, to }) => ({
      table: { schema: pair.before?.schema ?? '', name: pair.before?.name ?? '' },
      from,
      to,
    })),
  )
  if (tables.length === 0 && columns.length === 0) return catalog
  const options: IntrospectOptions = { renames: { tables, columns } }
  try {
    return await connection.introspect(options)
  } catch (error) {
    if (!(error instanceof MetaMigrateError) || /^(CONNECTION|CANCELLED)/.test(error.code)) throw error
    const message = `The renames cannot be done, since something that hangs on the tables does not follow: ${error.message} Drop it first, and make it again afterwards.`
    return { code: codes.renameBreaks, severity: 'error', path: {}, message }
  }
}

function tryAssemble(input: AssembleInput, works: Works): Assembled | { readonly finding: Finding } {
  try {
    return assemble(input, works)
  } catch (error) {
    if (!(error instanceof MetaMigrateError) || error.code !== 'FLAVOR_UNSUPPORTED') throw error
    return { finding: { code: error.code, severity: 'error', path: {}, message: error.message, flavor: input.dialect.name } }
  }
}

/** New tables whose name something else than a table holds (a view, an index, a sequence). */
function takenFindings({ works }: Assembled, catalog: Catalog, dialect: Dialect): readonly Finding[] {
  const key = (name: { readonly schema: string; readonly name: string }) => tableKey(dialect.can, name)
  const tables = new Set(catalog.tables.map(({ shape }) => key(shape)))
  const taken = new Set(catalog.takenNames.map(key))
  return works.flatMap(({ action, after, before, table }) => {
    if (after === null || (action !== 'create' && action !== 'rebuild')) return []
    if (!taken.has(key(after)) || tables.has(key(after)) || (before !== null && key(before) === key(after))) return []
    const message = `The name ${dialect.display(after)} is taken by something that is not a table (a view, an index or a sequence).`
    return [
      { code: codes.nameTaken, severity: 'error' as const, path: table === null ? {} : { table: table.id, property: 'name' }, message },
    ]
  })
}

function planOf(input: PlanInput, strategy: Strategy, made: Assembled & Pick<Plan, 'unmanaged'>, findings: readonly Finding[]): Plan {
  const { connection, command, url, hash } = input
  const { dialect, server } = connection
  const fingerprints = Object.fromEntries(
    made.works.flatMap(({ old }) => (old === null ? [] : [[dialect.display(old.shape), old.fingerprint] as const])),
  )
  const body: Omit<Plan, 'hash'> = {
    format: 1,
    command,
    flavor: dialect.name,
    strategy,
    target: { url, product: server.product, database: server.database, fingerprints },
    groups: made.groups,
    findings,
    identities: made.identities,
    unchanged: made.unchanged,
    ...(made.unmanaged === undefined ? {} : { unmanaged: made.unmanaged }),
  }
  return { ...body, hash: hash(canonicalJson(body)) }
}
