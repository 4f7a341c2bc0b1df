import { sameValue } from '../diff/compare.ts'
import { byText, tableKey } from '../diff/names.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { CopyColumn, NewRows, Question, RowTest, WayOut } from '../flavor/operation.ts'
import type { FindingPath } from '../model/finding.ts'
import type { IndexShape, ReferenceShape, TableName, TableShape } from '../model/shape.ts'
import { codes } from './codes.ts'
import { rowsIn, rowsNow, rowsOf } from './new-rows.ts'
import { nameOf, pathOf } from './static-findings.ts'
import { subjectOf } from './subject.ts'
import type { Subject } from './subject.ts'
import type { TableWork } from './work.ts'

/** Something that may go wrong with the rows, to be asked of them before the first statement, and again under the locks. */
export interface Doubt {
  /** Names it inside its table's work. */
  readonly id: string
  readonly code: string
  readonly subject: Subject
  readonly path: FindingPath
  /** The question about the rows where they are now. */
  readonly now: Question
  /** The same once the old table is set aside as `source`; null: the engine itself asks while it puts the foreign key back. */
  readonly under: ((source: TableName) => Question) | null
  /** `loss`: a person may accept that many; `failure`: nobody may, but a way out may be chosen; `trial`: whether it can be computed at all. */
  readonly kind: 'loss' | 'failure' | 'trial'
  /** The way out that was chosen for these rows. */
  readonly wayOut: WayOut | null
  /** Ways out that there are. */
  readonly ways: readonly WayOut['kind'][]
  /** Whether the loaded table is asked, before its foreign keys are made. */
  readonly isLoaded: boolean
  /** `3 rows`, and where the first is, to a sentence. */
  message(count: string, place: string): string
  /** What a step says that asks it, and what an error says when it is so. */
  readonly check: string
  readonly failed: string
}

/** What a doubt needs to know of the other tables. */
export interface DoubtContext {
  readonly dialect: Dialect
  /** A table of the target as it is, in the flavor's normal form. */
  tableOf(name: TableName): TableShape | null
  /** Tables of the target with a foreign key to `parent`, as they are. */
  childrenOf(parent: TableName): readonly TableShape[]
  /** The work that leaves a table of this name. */
  makerOf(name: TableName): TableWork | undefined
  /** The works that change or take away the table that has this name now. */
  takersOf(name: TableName): readonly TableWork[]
}

const limit = 3

/** Every doubt about the rows of one table; none where the flavor cannot be asked, or nothing is new. */
export function doubtsOf(work: TableWork, context: DoubtContext): readonly Doubt[] {
  if (!context.dialect.can.measuresRows || rowsNow(work) === null) return []
  return [...valueDoubts(work, context), ...generatedDoubts(work, context), ...checkDoubts(work, context), ...keyDoubts(work, context), ...referenceDoubts(work, context), ...inboundDoubts(work, context)]
}

type Words = Pick<Doubt, 'code' | 'subject' | 'path' | 'message' | 'check' | 'failed'> & Partial<Pick<Doubt, 'kind' | 'wayOut' | 'ways'>>

function doubt(work: TableWork, id: string, test: RowTest, words: Words): Doubt {
  const question = (rows: NewRows | null): Question => ({ kind: 'misfits', rows: rows ?? rowsOf(work.after ?? emptyShape), test, limit })
  return {
    kind: 'failure',
    wayOut: null,
    ways: [],
    isLoaded: false,
    ...words,
    id,
    now: question(rowsNow(work)),
    under: (source) => question(rowsIn(work, source)),
  }
}

const emptyShape: TableShape = { schema: '', name: '', comment: '', columns: [], primaryKey: null, uniques: [], checks: [], references: [], indexes: [], options: {} }

/** Whether any value of a column may be another than before: it is new, its type, collation or expression differ, or a way out fills it. */
function isTouched(work: TableWork, { to, from, wayOut }: CopyColumn): boolean {
  if (work.action === 'restore' || from === null || wayOut !== undefined) return true
  return !sameValue(from.type, to.type) || from.collation !== to.collation || !sameValue(from.generated, to.generated) || (to.generated !== null && work.copy.some((pair) => pair.to.generated === null && pair.to.name !== to.name && mentions(to.generated?.expression ?? '', pair.to.name) && isTouched(work, pair)))
}

const touched = (work: TableWork): ReadonlySet<string> => new Set(work.copy.filter((pair) => isTouched(work, pair)).map(({ to }) => to.name))

/** Whether an expression may speak of a column: its name stands in it somewhere, as it is or with its quotes doubled. */
const mentions = (expression: string, name: string): boolean => [name, name.replaceAll('"', '""')].some((one) => expression.toLowerCase().includes(one.toLowerCase()))

function valueDoubts(work: TableWork, { dialect }: DoubtContext): readonly Doubt[] {
  return work.copy.flatMap((pair): readonly Doubt[] => {
    const { to, from } = pair
    if (to.generated !== null) return []
    const name = `${nameOf(work, dialect)}.${namedBefore(work, from?.name ?? to.name)}`
    const subject = subjectOf(work, to.name, namedBefore(work, from?.name ?? to.name))
    const base = { subject, wayOut: pair.wayOut ?? null }
    if (from === null) return filledDoubt(work, pair, name, subject)
    const found: Doubt[] = []
    if (dialect.castRisk(from.type, to.type) === 'lossy') {
      const type = dialect.types.toNative(to.type).text
      const path = pathOf(work, to.name, 'type')
      found.push(
        doubt(work, `fails ${to.name}`, { kind: 'fails', column: pair, why: 'cast' }, {
          ...base, code: codes.castFails, path, ways: [...(to.nullable ? ['null' as const] : []), ...(to.default === null ? [] : ['default' as const]), 'sql', 'reject'],
          message: (count, place) => `${name}: ${count} cannot be stored as ${type}, ${place}.`,
          check: `Check that every value of ${name} can be stored as ${type}`, failed: `A value of ${name} cannot be stored as ${type}.`,
        }),
        doubt(work, `changes ${to.name}`, { kind: 'changes', column: pair }, {
          ...base, code: codes.lossyCast, path, kind: 'loss', wayOut: null,
          message: (count, place) => `${name}: ${count} would change as ${type} (cut, rounded or written in another way), ${place}. Mend the values, choose a wider type, or accept the loss.`,
          check: `Check that no value of ${name} changes as ${type}`, failed: `A value of ${name} does not survive its new type.`,
        }),
      )
    }
    if (from.nullable && !to.nullable) {
      found.push(doubt(work, `null ${to.name}`, { kind: 'fails', column: pair, why: 'null' }, {
        ...base, code: codes.nullRows, path: pathOf(work, to.name, 'nullable'), ways: [...(to.default === null ? [] : ['default' as const]), 'sql', 'reject'],
        message: (count, place) => `${name} takes no NULL any more, but ${holds(count)} NULL, ${place}.`,
        check: `Check that ${name} has no NULL`, failed: `${name} takes no NULL any more, but a row has one.`,
      }))
    }
    if (pair.wayOut !== undefined && pair.wayOut.kind !== 'reject') found.push(wayOutDoubt(work, pair, name, subject))
    return found
  })
}

const holds = (count: string) => `${count} ${count === '1 row' ? 'holds' : 'hold'}`

/** Name of a column of `moved` before the renames. */
export function namedBefore({ before, moved, action }: TableWork, name: string): string {
  const at = action === 'restore' ? -1 : (moved?.columns.findIndex((column) => column.name === name) ?? -1)
  return before?.columns[at]?.name ?? name
}

function filledDoubt(work: TableWork, pair: CopyColumn, name: string, subject: Subject): readonly Doubt[] {
  const { to } = pair
  const isSure = to.default !== null && /^(?:'.*'|[-+]?[\d.]+|true|false|current_\w+|now\(\))$/is.test(to.default.trim())
  if (to.nullable || to.identity !== null || isSure || /\bnextval\s*\(/i.test(to.default ?? '')) return []
  const why = to.default === null ? 'has no default' : 'its default gives none'
  return [doubt(work, `unfilled ${to.name}`, { kind: 'null', column: to.name }, {
    code: codes.noDefault, subject, path: pathOf(work, to.name, 'default'),
    message: (count, place) => `The new field ${name} takes no NULL and ${why}, but there ${count === '1 row' ? 'is' : 'are'} ${count} to fill, ${place}. Give it a default, or allow NULL.`,
    check: `Check that no row needs a value for ${name}`, failed: `The new field ${name} takes no NULL and ${why}, but there are rows to fill.`,
  })]
}

/** What a way out gives must fit too. */
function wayOutDoubt(work: TableWork, pair: CopyColumn, name: string, subject: Subject): Doubt {
  const { to } = pair
  return doubt(work, `way out ${to.name}`, { kind: 'null', column: to.name }, {
    code: codes.nullRows, subject, path: pathOf(work, to.name, 'nullable'), kind: to.nullable ? 'trial' : 'failure',
    message: (count, place) => `What was chosen for ${name} gives NULL for ${count}, ${place}, and it takes none. Choose another expression.`,
    check: `Check that what was chosen for ${name} can be computed`, failed: `What was chosen for ${name} gives NULL, and it takes none.`,
  })
}

function generatedDoubts(work: TableWork, { dialect }: DoubtContext): readonly Doubt[] {
  return work.copy.flatMap((pair): readonly Doubt[] => {
    const { to } = pair
    if (to.generated === null || !isTouched(work, pair)) return []
    const name = `${nameOf(work, dialect)}.${to.name}`
    return [doubt(work, `generated ${to.name}`, { kind: 'null', column: to.name }, {
      code: codes.generatedFails, subject: subjectOf(work, to.name), path: pathOf(work, to.name, 'generated'), kind: to.nullable ? 'trial' : 'failure',
      message: (count, place) => `The generated field ${name} takes no NULL, but its expression gives NULL for ${count}, ${place}. Allow NULL, or change the expression.`,
      check: `Check that ${name} can be computed for every row`, failed: `The generated field ${name} takes no NULL, but its expression gives NULL for a row.`,
    })]
  })
}

function checkDoubts(work: TableWork, { dialect }: DoubtContext): readonly Doubt[] {
  const changed = touched(work)
  const known = new Set(work.action === 'restore' ? [] : (work.moved?.checks ?? []).map(({ expression }) => expression))
  // What stays is written in the database's own words; whether it is new shows in the normal form.
  const meant = new Map((work.after === null ? [] : dialect.normalize(work.after).checks).map(({ name, expression }) => [name, expression]))
  return (work.after?.checks ?? []).flatMap((check): readonly Doubt[] => {
    if (known.has(meant.get(check.name) ?? check.expression) && ![...changed].some((name) => mentions(check.expression, name))) return []
    const table = nameOf(work, dialect)
    return [doubt(work, `check ${check.name}`, { kind: 'check', check }, {
      code: codes.checkFails, subject: subjectOf(work, check.name), path: partPath(work, 'checks', check.name),
      message: (count, place) => `${table}: ${count} ${count === '1 row' ? 'breaks' : 'break'} the check ${check.name} (${short(check.expression)}), ${place}. Mend the values, or change the check.`,
      check: `Check that every row of ${table} keeps ${check.name}`, failed: `A row of ${table} breaks the check ${check.name}.`,
    })]
  })
}

const short = (text: string): string => (text.length > 120 ? `${text.slice(0, 117)}...` : text)

/** Path of a part of the model's table, by its name; the table where the flavor made the name. */
function partPath(work: TableWork, kind: 'checks' | 'references' | 'keys' | 'indexes', name: string): FindingPath {
  const parts: readonly { readonly id: string; readonly name: string }[] = work.table?.[kind] ?? []
  const part = name === '' ? undefined : parts.find((one) => one.name === name)
  return { ...pathOf(work), ...(part === undefined ? {} : { part: part.id }) }
}

interface UniqueRule {
  readonly name: string
  readonly parts: IndexShape['parts']
  readonly predicate: string
}

const ofColumns = (name: string, columns: readonly string[]): UniqueRule => ({
  name,
  parts: columns.map((column) => ({ column, expression: '', order: 'asc' as const, nulls: '' as const })),
  predicate: '',
})

const rulesOf = (shape: TableShape): readonly UniqueRule[] => [
  ...(shape.primaryKey === null ? [] : [ofColumns(shape.primaryKey.name, shape.primaryKey.columns)]),
  ...shape.uniques.map(({ name, columns }) => ofColumns(name, columns)),
  ...shape.indexes.filter(({ unique }) => unique),
]

const meaningOf = ({ parts, predicate }: UniqueRule): string => JSON.stringify([parts.map(({ column, expression }) => [column, expression]).toSorted((a, b) => byText(JSON.stringify(a), JSON.stringify(b))), predicate])

function keyDoubts(work: TableWork, { dialect }: DoubtContext): readonly Doubt[] {
  const { after, moved } = work
  if (after === null) return []
  const changed = new Set(work.copy.filter((pair) => isTouched(work, pair) && !isDistinctStill(work, pair, dialect)).map(({ to }) => to.name))
  const known = new Set(moved === null || work.action === 'restore' ? [] : rulesOf(moved).map(meaningOf))
  const meant = new Map(rulesOf(dialect.normalize(after)).map((rule) => [rule.name, rule]))
  return rulesOf(after).flatMap((rule): readonly Doubt[] => {
    const isShaken = rule.parts.some(({ column, expression }) => (column === null ? [...changed].some((name) => mentions(expression, name)) : changed.has(column))) || [...changed].some((name) => mentions(rule.predicate, name))
    if (known.has(meaningOf(meant.get(rule.name) ?? rule)) && !isShaken) return []
    const table = nameOf(work, dialect)
    const list = rule.parts.map(({ column, expression }) => column ?? expression).join(', ')
    return [doubt(work, `equal ${rule.name} ${list}`, { kind: 'equal', parts: rule.parts, predicate: rule.predicate }, {
      code: codes.newUnique, subject: subjectOf(work, rule.name, ...(rule.parts.length === 1 ? [list] : [])), path: pathOf(work, rule.parts[0]?.column ?? '', 'key'),
      message: (count, place) => `${table}: (${list}) becomes unique, but ${count} ${count === '1 row' ? 'is' : 'are'} equal to another there, ${place}. Mend the values, or leave the key out.`,
      check: `Check that no two rows of ${table} are equal in (${list})`, failed: `Two rows of ${table} are equal in (${list}), which becomes unique.`,
    })]
  })
}

/** A cast that changes no value leaves two values as different as they were. */
const isDistinctStill = (work: TableWork, { from, to, wayOut }: CopyColumn, dialect: Dialect): boolean =>
  work.action !== 'restore' && from !== null && wayOut === undefined && from.collation === to.collation && from.generated === null && to.generated === null && ['same', 'exact'].includes(dialect.castRisk(from.type, to.type))

function referenceDoubts(work: TableWork, context: DoubtContext): readonly Doubt[] {
  const { dialect } = context
  if (dialect.can.foreignKeys !== 'alter' && dialect.can.foreignKeys !== 'inline') return []
  const changed = touched(work)
  const known = work.action === 'restore' ? [] : (work.moved?.references ?? [])
  return (work.after?.references ?? []).flatMap((reference): readonly Doubt[] => {
    const isKnown = known.some((one) => sameValue([one.columns, one.parent, one.parentColumns], [reference.columns, reference.parent, reference.parentColumns]))
    // An engine that was told not to look (foreign keys off) may hold anything: it is asked each time.
    const isSure = isKnown && dialect.can.foreignKeys === 'alter' && !reference.columns.some((name) => changed.has(name)) && !isShaken(parentWork(reference, context), reference)
    if (isSure) return []
    const table = nameOf(work, dialect)
    const parent = dialect.display(reference.parent)
    const list = reference.columns.join(', ')
    const words = {
      code: codes.referenceFails, subject: subjectOf(work, reference.name, ...(reference.columns.length === 1 ? [list] : [])), path: { ...pathOf(work, reference.columns[0] ?? '', 'reference'), ...partOf(work, reference.name) },
      message: (count: string, place: string) => `${table}: ${count} ${count === '1 row' ? 'names' : 'name'} in (${list}) a row of ${parent} that is not there, ${place}. Mend the values, put the parents in, or leave the foreign key out.`,
      check: `Check that every row of ${table} has its parent in ${parent}`, failed: `A row of ${table} names in (${list}) a row of ${parent} that is not there.`,
    }
    const made = doubt(work, `orphan ${reference.name} ${list} ${parent}`, { kind: 'orphan', reference, parent: parentRows(work, reference, context) }, words)
    return [{ ...made, isLoaded: true, under: () => loadedQuestion(work.after ?? emptyShape, reference, context) }]
  })
}

const partOf = (work: TableWork, name: string): FindingPath => {
  const { part } = partPath(work, 'references', name)
  return part === undefined ? {} : { part }
}

const sameTable = (a: TableName | null, b: TableName, { dialect }: DoubtContext): boolean => a !== null && tableKey(dialect.can, a) === tableKey(dialect.can, b)

const parentWork = ({ parent }: ReferenceShape, context: DoubtContext): TableWork | undefined => context.makerOf(parent)

/** Whether keys of a parent may be gone or changed: rows are left out, or its key is cast. */
function isShaken(parent: TableWork | undefined, { parentColumns }: ReferenceShape): boolean {
  if (parent === undefined) return false
  if (parent.action !== 'rebuild') return true
  const changed = touched(parent)
  return parent.copy.some(({ wayOut }) => wayOut?.kind === 'reject') || parentColumns.some((name) => changed.has(name))
}

/** The parents as they will be: rows of a table that the plan makes, or of one that it leaves alone; null: none. */
function parentRows(work: TableWork, reference: ReferenceShape, context: DoubtContext): NewRows | TableShape | null {
  const parent = sameTable(work.after, reference.parent, context) ? work : parentWork(reference, context)
  if (parent !== undefined) return rowsNow(parent)
  const gone = context.takersOf(reference.parent).some(({ action }) => action === 'drop')
  return gone ? null : context.tableOf(reference.parent)
}

function loadedQuestion(after: TableShape, reference: ReferenceShape, context: DoubtContext): Question {
  const parent = sameTable(after, reference.parent, context) ? after : (parentWork(reference, context)?.after ?? context.tableOf(reference.parent))
  return { kind: 'misfits', rows: rowsOf(after), test: { kind: 'orphan', reference, parent }, limit }
}

/** Children that the plan leaves alone, when keys of their parent may change or go. */
function inboundDoubts(work: TableWork, context: DoubtContext): readonly Doubt[] {
  const { before, after, action } = work
  const { dialect } = context
  if (action !== 'rebuild' || before === null || after === null || rowsNow(work) === null) return []
  const moved = new Map((work.moved?.columns ?? []).map(({ name }, at) => [before.columns[at]?.name ?? name, name]))
  return context.childrenOf(before).flatMap((child) => {
    if (context.takersOf(child).length > 0) return []
    return child.references.flatMap((reference): readonly Doubt[] => {
      if (!sameTable(reference.parent, before, context)) return []
      const parentColumns = reference.parentColumns.map((name) => moved.get(name) ?? name)
      const renamed = { ...reference, parent: { schema: after.schema, name: after.name }, parentColumns }
      if (parentColumns.some((name) => after.columns.every((column) => column.name !== name))) return []
      if (dialect.can.foreignKeys === 'alter' && !isShaken(work, renamed)) return []
      const name = dialect.display(child)
      const list = reference.columns.join(', ')
      return [{
        id: `child ${name} ${reference.name} ${list}`, code: codes.referenceFails, subject: { tables: [{ schema: child.schema, name: child.name }], parts: [reference.name] }, path: pathOf(work),
        now: { kind: 'misfits', rows: rowsOf(child), test: { kind: 'orphan', reference: renamed, parent: rowsNow(work) }, limit }, under: null,
        kind: 'failure', wayOut: null, ways: [], isLoaded: true,
        message: (count, place) => `${name}: ${count} ${count === '1 row' ? 'names' : 'name'} in (${list}) a row of ${nameOf(work, dialect)} that is not there any more, ${place}. Mend the values, or keep the parents.`,
        check: '', failed: '',
      }]
    })
  })
}
