import type { ModelMatch } from '../diff/match.ts'
import { foldName, tableKey } from '../diff/names.ts'
import type { Strategy } from '../flavor/capabilities.ts'
import type { Dialect, SequenceUse } from '../flavor/dialect.ts'
import type { Catalog } from '../flavor/driver.ts'
import type { Finding } from '../model/finding.ts'
import type { TableName, TableShape } from '../model/shape.ts'
import { acceptance } from './acceptance.ts'
import { cleanupGroups } from './cleanup.ts'
import { composeGroup } from './compose.ts'
import { planSequences } from './counters.ts'
import { composeSwapGroup } from './compose-swap.ts'
import type { ComposeOptions } from './compose.ts'
import type { DoubtContext } from './doubts.ts'
import type { RecordedBackup, Works } from './make-works.ts'
import { makeWorks, renamesInPlace } from './make-works.ts'
import type { CommandName, PlanGroup, PlanIdentity, PlanOptions } from './plan.ts'
import type { PrivateNames } from './private-names.ts'
import { renameSequence } from './rename-sequence.ts'
import { groupWorks } from './ties.ts'
import type { Unmanaged } from './unmanaged.ts'
import { chooseWaysOut } from './ways-out.ts'
import type { RenamePlan, TableWork } from './work.ts'

export interface AssembleInput {
  readonly command: CommandName
  readonly match: ModelMatch
  readonly selected: ReadonlySet<string>
  readonly catalog: Catalog
  readonly renamed: Catalog
  readonly renames: RenamePlan
  readonly options: PlanOptions
  readonly strategy: Strategy
  readonly dialect: Dialect
  readonly names: PrivateNames
  readonly backups: readonly RecordedBackup[]
  readonly unmanaged?: Unmanaged
}

export interface Assembled {
  readonly works: readonly TableWork[]
  readonly groups: readonly PlanGroup[]
  readonly identities: readonly PlanIdentity[]
  readonly unchanged: readonly TableName[]
  readonly findings: readonly Finding[]
}

/** What the plan does to each table, with what was chosen for values that do not fit. Pure. */
export function worksOf(input: AssembleInput): Works {
  const made = makeWorks(input)
  return { ...made, works: chooseWaysOut(made.works, input.options.onFail, input.dialect) }
}

/** The tables around a plan's works, for doubts about rows. */
export function tablesAround(works: readonly TableWork[], { catalog, dialect }: Pick<AssembleInput, 'catalog' | 'dialect'>): DoubtContext {
  const key = (name: TableName) => tableKey(dialect.can, name)
  const indexed = <T>(pairs: () => readonly (readonly [TableName, T])[]) => {
    let index: Map<string, T[]> | null = null
    return (name: TableName): readonly T[] => {
      if (index === null) {
        index = new Map()
        for (const [one, value] of pairs()) {
          const list = index.get(key(one))
          if (list === undefined) index.set(key(one), [value])
          else list.push(value)
        }
      }
      return index.get(key(name)) ?? []
    }
  }
  const normal = new Map<TableShape, TableShape>()
  const normalize = (shape: TableShape): TableShape => {
    const known = normal.get(shape) ?? dialect.normalize(shape)
    normal.set(shape, known)
    return known
  }
  const tables = indexed(() => catalog.tables.map(({ shape }) => [shape, shape] as const))
  const children = indexed(() => catalog.tables.flatMap(({ shape }) => [...new Map(shape.references.map(({ parent }) => [key(parent), parent])).values()].map((parent) => [parent, shape] as const)))
  const makers = indexed(() => works.flatMap((work) => (work.after === null || work.action === 'backup' ? [] : [[work.after, work] as const])))
  const takers = indexed(() => works.flatMap((work) => (work.before === null ? [] : [[work.before, work] as const])))
  return {
    dialect,
    tableOf: (name) => tables(name).slice(0, 1).map(normalize)[0] ?? null,
    childrenOf: (parent) => children(parent).map(normalize),
    makerOf: (name) => makers(name)[0],
    takersOf: (name) => takers(name),
  }
}

/** Groups and everything else of a plan, from what was read. Pure: preview and plan both come from here, so their texts are the same. */
export function assemble(input: AssembleInput, { works, unchanged, findings }: Works = worksOf(input)): Assembled {
  const { dialect } = input
  const around = tablesAround(works, input)
  const ordered = groupWorks(works, input.dialect)
  const sequences = planSequences(ordered.flat(), input.catalog, input.dialect)
  const schemas = new Set(input.catalog.schemas.map((schema) => foldName(dialect.can, schema)))
  const groups = ordered.map((members, index) => {
    const made = members.flatMap(sequences.make)
    const needed = dialect.can.schemas ? missingSchemas(members, made, schemas, dialect) : []
    const options = { ...groupOptions(members, input), schemas: needed, sequences: made, tables: around }
    const isSwap = input.strategy === 'swap' && members.some(({ action }) => action === 'rebuild')
    return (isSwap ? composeSwapGroup : composeGroup)(`g${index + 1}`, members, options)
  })
  return {
    works,
    groups: [...groups, ...cleanupGroups(input.command, works, input.options, dialect)],
    identities: identitiesOf(input, unchanged),
    unchanged,
    findings: [...findings, ...sequences.findings],
  }
}

/** Schemas that the group's tables need and nobody has made yet; remembers those that it gives. */
function missingSchemas(works: readonly TableWork[], made: readonly SequenceUse[], known: Set<string>, dialect: Dialect): readonly string[] {
  const needed: string[] = []
  for (const schema of [...works.map(({ after }) => after?.schema ?? ''), ...made.map(({ sequence }) => sequence.schema)]) {
    if (schema === '' || known.has(foldName(dialect.can, schema))) continue
    known.add(foldName(dialect.can, schema))
    needed.push(schema)
  }
  return needed
}

function groupOptions(works: readonly TableWork[], input: AssembleInput): Omit<ComposeOptions, 'schemas' | 'sequences' | 'tables'> {
  const { dialect, names } = input
  const fold = (name: string) => foldName(dialect.can, name)
  const rebuilt = works.flatMap(({ action, before, after, columnRenames }) =>
    renamesInPlace(input) && action === 'rebuild' && before !== null && after !== null ? [{ before, after, columnRenames }] : [],
  )
  const renamed = rebuilt.filter(({ before, after }) => before.name !== after.name)
  const tableRenames = [...new Set(renamed.map(({ before }) => before.schema))].flatMap((schema) => {
    const inSchema = renamed.filter(({ before }) => before.schema === schema)
    const wanted = inSchema.map(({ before, after }) => ({ from: before.name, to: after.name }))
    const held = rebuilt.filter(({ before }) => before.schema === schema).map(({ before }) => before.name)
    const { steps } = renameSequence(wanted, held, fold, (base) => names.make(schema, base, 'table'))
    return steps.map(({ from, to }) => ({ from: { schema, name: from }, to }))
  })
  const moves = rebuilt
    .filter(({ before, after }) => before.schema !== after.schema)
    .map(({ before, after }) => ({ from: { schema: before.schema, name: after.name }, toSchema: after.schema }))
  const columnRenames = rebuilt
    .filter((one) => one.columnRenames.length > 0)
    .map(({ before, columnRenames: renames }) => ({ table: { schema: before.schema, name: before.name }, renames }))
  return { dialect, strategy: input.strategy, names, tableRenames, moves, columnRenames, isAccepted: acceptance(input.options, dialect) }
}

/** Model ids to names: of what is deployed, and of what is there unchanged. */
function identitiesOf(input: AssembleInput, unchanged: readonly TableName[]): readonly PlanIdentity[] {
  if (input.command === 'delete') return []
  const key = (name: TableName) => tableKey(input.dialect.can, name)
  const alone = new Set(unchanged.map(key))
  const keepsNames = input.command === 'backup' || input.command === 'restore'
  return input.match.pairs
    .filter(
      ({ table, after, before }) =>
        input.selected.has(table.id) && (keepsNames ? before !== null : true) && (alone.has(key(after)) || !keepsNames || before !== null),
    )
    .map(({ table, after, own, before, columns }) => {
      const shape = keepsNames && before !== null ? before : after
      const names = new Set(shape.columns.map((column) => column.name))
      const fields = table.fields.map(({ id, name }) => ({ id, name: keepsNames ? (columns.get(name) ?? name) : name }))
      const name = { schema: shape.schema, name: shape.name }
      return { table: table.id, name, fields: fields.filter((field) => names.has(field.name)), ...(keepsNames ? {} : { shape: own ?? after }) }
    })
}
