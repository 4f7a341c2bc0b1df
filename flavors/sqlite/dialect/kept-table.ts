import { MetaMigrateError } from '../../../app/errors.ts'
import type { ReferenceShape, TableShape } from '../../../app/model/shape.ts'
import type { KeptTable } from '../../flavor.ts'
import { verbatim, type Sql } from '../../sql.ts'
import { readCreateText, type Clause, type CreateText, type Item } from './create-text.ts'
import { normalExpression } from './expression.ts'
import { hasAutoincrement, isRowidKey, isStrict, isWithoutRowid } from './facts.ts'
import { editColumn } from './kept-column.ts'
import { displayTable } from './names.ts'
import { writable } from './normalize.ts'
import { checkSql, columnSql, createTableSql, primaryKeySql, referenceSql, tableOptionsSql, uniqueSql } from './table-sql.ts'

/**
 * The CREATE TABLE of a rebuilt table: the text of the old one, in which only what the model changed is written anew. Every other column and constraint
 * stays to the letter: its declared type, default, collation, conflict clauses, comments. Errors: as `createTableSql`; FLAVOR_UNSUPPORTED where
 * clauses that no model holds would be lost.
 */
export function keptTableSql(after: TableShape, kept: KeptTable): Sql {
  const now = readCreateText(kept.texts[0] ?? '')
  const before = readCreateText(kept.before[0] ?? '')
  const edited = now === null || before === null || isStrict(after) !== isStrict(kept.shape) ? null : edit(writable(after), kept.shape, now, before)
  if (edited !== null) return verbatim(edited)
  const unsaid = (now?.items ?? []).flatMap(({ clauses }) => clauses.flatMap((clause) => clause.unsaid))
  if (unsaid.length === 0) return createTableSql(after)
  const message = `${displayTable(after)} has ${[...new Set(unsaid)].join(', ')}, which cannot be said in a model and would be lost with a table made anew. Change the table in the database itself, or take the clause off first.`
  throw new MetaMigrateError('FLAVOR_UNSUPPORTED', message, { flavor: 'sqlite', table: after.name })
}

/** A clause of the text as it reads after the renames, and how its expression read before them: a check of a model may not have followed. */
export interface KeptClause {
  readonly clause: Clause
  readonly expressions: readonly string[]
}

/** Clauses of `now` with their readings before the renames, which change names and nothing else. */
export function keptClauses(now: CreateText, before: CreateText): ReadonlyMap<Clause, KeptClause> {
  const old = before.items.flatMap(({ clauses }) => clauses)
  const all = now.items.flatMap(({ clauses }) => clauses)
  return new Map(all.map((clause, at) => [clause, { clause, expressions: [clause.expression, old[at]?.expression ?? clause.expression].map(normalExpression) }]))
}

function edit(after: TableShape, before: TableShape, now: CreateText, was: CreateText): string | null {
  const clauses = keptClauses(now, was)
  const { stays, fresh } = partsOf(after, before, [...clauses.values()])
  const items = new Map(now.items.flatMap((item) => (item.column === null ? [] : [[item.column.name, item] as const])))
  const old = new Map(before.columns.map((column) => [column.name, column]))
  const rowid = isRowidKey(after)
  const inline = sameKey(after, before) || !rowid ? null : (after.primaryKey?.columns[0] ?? null)
  const expressions = (clause: Clause) => clauses.get(clause)?.expressions ?? []
  const segments: Segment[] = []
  const remade = new Set(items.keys())
  for (const column of after.columns) {
    const item = items.get(column.name)
    const from = old.get(column.name)
    // A column that becomes the rowid, or stops being it, is another column than it was.
    const isOther = column.name === inline || (from?.identity ?? null) !== column.identity
    if (item === undefined || from === undefined || isOther) segments.push({ item: null, text: columnSql(after, column, rowid) })
    else {
      remade.delete(column.name)
      segments.push({ item, text: editColumn(now, item, { after, column, from, rowid, stays, expressions }) })
    }
  }
  for (const item of now.items.filter(({ column }) => column === null)) {
    const text = constraintText(now, item, stays)
    if (text !== null) segments.push({ item, text })
  }
  // Parts that stood at a column that is written anew, or goes, are said by themselves.
  const apart = [...remade].flatMap((name) => (items.get(name)?.clauses ?? []).filter((clause) => stays.has(clause))).flatMap((clause) => apartSql(clause, after, expressions(clause)))
  segments.push(...[...apart, ...fresh].map((text) => ({ item: null, text })))
  const made = `${now.text.slice(0, now.open)}${joined(now, segments)}${tailOf(after, before, now)}`
  return isWhole(made, after) ? made : null
}

/** One part of the new text: `item` null for one that is written anew. */
interface Segment {
  readonly item: Item | null
  readonly text: string
}

/** The parts with commas between, laid out as the old text is. */
function joined(now: CreateText, segments: readonly Segment[]): string {
  const isLong = now.text.slice(now.open, now.close).includes('\n')
  const end = now.items.at(-1)
  const texts = segments.map(({ item, text }, at) => {
    if (item === null) return isLong ? `\n  ${text}` : at === 0 ? text : ` ${text}`
    // What stood before the closing parenthesis alone is not needed before a comma.
    return item === end && at < segments.length - 1 && /^\s*$/.test(now.text.slice(contentEnd(item), item.end)) ? text.trimEnd() : text
  })
  const last = segments.at(-1)
  return `${texts.join(',')}${isLong && last?.item !== end && !/\n\s*$/.test(texts.at(-1) ?? '') ? '\n' : ''}`
}

const contentEnd = ({ clauses, column, start }: Item) => clauses.at(-1)?.end ?? column?.typeEnd ?? start

/** Whether the text says just the parts that are wanted: a spelling that we do not follow must not lose one. */
function isWhole(text: string, { columns, primaryKey, uniques, checks, references }: TableShape): boolean {
  const items = readCreateText(text)?.items ?? []
  const clauses = items.flatMap((item) => item.clauses)
  const count = (kind: Clause['kind']) => clauses.filter((clause) => clause.kind === kind).length
  const names = items.flatMap(({ column }) => column?.name ?? [])
  return (
    names.length === columns.length && names.every((name, at) => name === columns[at]?.name) &&
    count('primary') === (primaryKey === null ? 0 : 1) && count('unique') === uniques.length && count('check') === checks.length && count('foreign') === references.length
  )
}

const sameKey = (after: TableShape, before: TableShape): boolean =>
  JSON.stringify(after.primaryKey) === JSON.stringify(before.primaryKey) && isRowidKey(after) === isRowidKey(before) && hasAutoincrement(after) === hasAutoincrement(before)

/** The options of the table, as written unless one of them changes. */
function tailOf(after: TableShape, before: TableShape, now: CreateText): string {
  const tail = now.text.slice(now.close)
  return isWithoutRowid(after) === isWithoutRowid(before) ? tail : `)${tableOptionsSql(after)}`
}

interface Parts {
  readonly stays: ReadonlySet<Clause>
  /** Constraints of the table that the text does not have yet. */
  readonly fresh: readonly string[]
}

/** Which keys, checks and foreign keys of the text the model still has, and which it has more. Each clause answers for one part of the model. */
function partsOf(after: TableShape, before: TableShape, clauses: readonly KeptClause[]): Parts {
  const stays = new Set<Clause>()
  const fresh: string[] = []
  const claim = (matches: (kept: KeptClause) => boolean): boolean => {
    const found = clauses.find((one) => !stays.has(one.clause) && matches(one))
    if (found !== undefined) stays.add(found.clause)
    return found !== undefined
  }
  const primary = clauses.find(({ clause }) => clause.kind === 'primary')
  if (primary !== undefined && sameKey(after, before)) stays.add(primary.clause)
  else if (after.primaryKey !== null && !isRowidKey(after)) fresh.push(primaryKeySql(after.primaryKey))
  for (const key of after.uniques) if (!claim(({ clause }) => clause.kind === 'unique' && clause.name === key.name && sameNames(clause.columns, key.columns))) fresh.push(uniqueSql(key))
  for (const check of after.checks) if (!claim(({ clause, expressions }) => clause.kind === 'check' && clause.name === check.name && expressions.includes(check.expression))) fresh.push(checkSql(check))
  for (const reference of after.references) if (!claim(({ clause }) => clause.kind === 'foreign' && isReference(clause, reference, before))) fresh.push(referenceSql(reference))
  return { stays, fresh }
}

const lower = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
const sameNames = (one: readonly string[], other: readonly string[]) => one.length === other.length && one.every((name, at) => lower(name) === lower(other[at] ?? ''))

function isReference(clause: Clause, wanted: ReferenceShape, before: TableShape): boolean {
  const { reference } = clause
  if (reference === null || clause.name !== wanted.name || !sameNames(clause.columns, wanted.columns) || lower(reference.parent) !== lower(wanted.parent.name)) return false
  if (reference.onUpdate !== wanted.onUpdate || reference.onDelete !== wanted.onDelete || (reference.deferrable === 'deferred') !== (wanted.deferrable === 'deferred')) return false
  if (reference.parentColumns.length > 0) return sameNames(reference.parentColumns, wanted.parentColumns)
  // Without columns the parent's key is meant: the old shape has it written out.
  return before.references.some((one) => one.name === wanted.name && sameNames(one.columns, wanted.columns) && lower(one.parent.name) === lower(wanted.parent.name) && sameNames(one.parentColumns, wanted.parentColumns))
}

/** A constraint that stays without the column it stood at. */
function apartSql(clause: Clause, after: TableShape, expressions: readonly string[]): readonly string[] {
  const isNamed = ({ name }: { readonly name: string }) => name === clause.name
  switch (clause.kind) {
    case 'unique':
      return after.uniques.filter((key) => isNamed(key) && sameNames(key.columns, clause.columns)).slice(0, 1).map(uniqueSql)
    case 'check':
      return after.checks.filter((check) => isNamed(check) && expressions.includes(check.expression)).slice(0, 1).map(checkSql)
    case 'foreign':
      return after.references.filter((one) => isNamed(one) && sameNames(one.columns, clause.columns)).slice(0, 1).map(referenceSql)
    case 'primary':
      return after.primaryKey === null || isRowidKey(after) ? [] : [primaryKeySql(after.primaryKey)]
    default:
      return []
  }
}

/** Constraints of the table with those that go taken out; null when none is left. */
function constraintText(now: CreateText, item: Item, stays: ReadonlySet<Clause>): string | null {
  const gone = item.clauses.filter((clause) => clause.kind !== 'other' && !stays.has(clause))
  if (gone.length === 0) return now.text.slice(item.start, item.end)
  if (gone.length === item.clauses.length) return null
  let text = ''
  let at = item.start
  for (const { start, end } of gone) {
    text += now.text.slice(at, start)
    at = end
  }
  return text + now.text.slice(at, item.end)
}
