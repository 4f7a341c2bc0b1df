import { sameValue } from '../../diff/compare.ts'
import { foldName, tableKey } from '../../diff/names.ts'
import { MetaMigrateError } from '../../errors.ts'
import type { CopyQuestions, Dialect, MissingRows } from '../../flavor/dialect.ts'
import type { Catalog, Connection } from '../../flavor/driver.ts'
import type { CopyColumn } from '../../flavor/operation.ts'
import type { ColumnShape, TableName, TableShape } from '../../model/shape.ts'
import { knownCopies } from './known-copies.ts'
import type { KnownCopy, RunRecord } from './known-copies.ts'
import { isGone, lineageOf } from './lineage.ts'
import type { Lineage } from './lineage.ts'
import type { OnlyCopy } from '../report.ts'

/** A copy that is there, with its columns and where its rows belong now. */
export interface HeldCopy {
  readonly copy: KnownCopy
  readonly shape: TableShape
  readonly lineage: Lineage
}

/** What a target holds, as far as copies are concerned. */
export interface Holdings {
  readonly copies: readonly HeldCopy[]
  /** Tables that are no copies, by key. */
  readonly live: ReadonlyMap<string, TableShape>
}

/** Copies of the books that are there, and the tables they may be compared with. */
export function holdingsOf(records: readonly RunRecord[], catalog: Catalog, dialect: Dialect): Holdings {
  const { can } = dialect
  const there = new Map(catalog.tables.map(({ shape }) => [tableKey(can, shape), shape]))
  const copies = knownCopies(records, can).flatMap((copy) => {
    const shape = there.get(tableKey(can, copy.name))
    const columns = shape?.columns.map(({ name }) => name) ?? []
    return shape === undefined ? [] : [{ copy, shape, lineage: lineageOf(copy, columns, records, can) }]
  })
  const own = new Set(copies.map(({ copy }) => tableKey(can, copy.name)))
  return { copies, live: new Map([...there].filter(([key]) => !own.has(key))) }
}

/**
 * What a copy alone holds: rows that are neither in its table nor in another copy of it (those of `without` do not count), and values of fields that its
 * table does not have any more. Rows are told by the primary key where the table of today continues that of the copy, else by all their values.
 */
export async function onlyCopyOf(held: HeldCopy, holdings: Holdings, without: ReadonlySet<HeldCopy>, connection: Connection): Promise<OnlyCopy> {
  const { dialect } = connection
  const ask = questionsOf(dialect)
  const live = holdings.live.get(tableKey(dialect.can, held.lineage.table)) ?? null
  const own = placeOf(held.shape, held.lineage.columns, held.lineage.breaks)
  const places = placesOf(held, holdings, { without, live, dialect })
  const key = keyLabels(held, live, own, dialect)
  const count = async (asked: MissingRows) => BigInt((await connection.query(ask.missing(asked))).rows[0]?.[0] ?? '0')

  const missing = async (labels: readonly string[], isKey: boolean, among: readonly Place[], holding?: string) => {
    const targets = await targetsOf(labels, own, live, connection)
    const others = among.flatMap((place) => pairsOf(labels, place, targets, { dialect, isProved: false }) ?? [])
    const mine = pairsOf(labels, own, targets, { dialect, isProved: true })
    if (mine === null) throw new MetaMigrateError('STATEMENT_FAILED', 'A copy has lost a column while it was read.')
    return count({ ...mine, isKey, others, ...(holding === undefined ? {} : { holding }) })
  }

  const [rows] = (await connection.query(dialect.question({ kind: 'countRows', table: held.shape }))).rows[0] ?? ['0']
  if (rows === '0') return { rows: '0', values: [] }
  const answers: bigint[] = []
  const near = places.filter(({ breaks }) => breaks.join('\u0001') === own.breaks.join('\u0001'))
  // A key may be given again after its row went (SQLite does so by itself): the row that has it now must also say what the copy says, where types are as they were.
  if (key !== null && near.length > 0) answers.push(await missing([...new Set([...key, ...steadyLabels(own, live, dialect)])], true, near))
  const shared = live === null ? [...own.columns.keys()] : [...own.columns.keys()].filter((label) => !isGone(label) && hasColumn(live, label, dialect))
  const rest = key === null ? places : places.filter((place) => !near.includes(place))
  if (rest.length > 0 && shared.length > 0 && answers.at(-1) !== 0n) answers.push(await missing(shared, false, rest))
  const alone = answers.length === 0 ? BigInt(rows ?? '0') : answers.reduce((least, one) => (one < least ? one : least))

  const values: { field: string; count: string }[] = []
  for (const [label, column] of live === null ? [] : own.columns) {
    if (shared.includes(label) || column.generated !== null) continue
    const holders = places.filter(({ columns }) => columns.has(label))
    const labels = key === null ? [...own.columns.keys()] : [...new Set([...key, label])]
    const among = key === null ? holders : holders.filter((place) => near.includes(place))
    const left = await missing(labels, key !== null, among, column.name)
    if (left > 0n) values.push({ field: column.name, count: String(left) })
  }
  return { rows: String(alone), values }
}

/** A table seen through the names of today. */
interface Place {
  readonly table: TableName
  readonly columns: ReadonlyMap<string, ColumnShape>
  readonly breaks: readonly string[]
}

function placeOf(shape: TableShape, labels: ReadonlyMap<string, string> | null, breaks: readonly string[]): Place {
  const columns = shape.columns.filter(({ generated }) => generated === null)
  return {
    table: { schema: shape.schema, name: shape.name },
    columns: new Map(columns.map((column) => [labels?.get(column.name) ?? column.name, column])),
    breaks,
  }
}

function placesOf(
  held: HeldCopy,
  { copies }: Holdings,
  { without, live, dialect }: { readonly without: ReadonlySet<HeldCopy>; readonly live: TableShape | null; readonly dialect: Dialect },
): readonly Place[] {
  const key = tableKey(dialect.can, held.lineage.table)
  const others = copies.filter((one) => one !== held && !without.has(one) && tableKey(dialect.can, one.lineage.table) === key)
  return [
    ...(live === null ? [] : [placeOf(live, null, [])]),
    ...others.map(({ shape, lineage }) => placeOf(shape, lineage.columns, lineage.breaks)),
  ]
}

/** The key by which rows are told, as labels: that of the table of today, or that of the copy where there is no table; null where the copy lacks a part of it. */
function keyLabels(held: HeldCopy, live: TableShape | null, own: Place, { can }: Dialect): readonly string[] | null {
  const key = live === null ? held.shape.primaryKey?.columns.map((name) => held.lineage.columns.get(name) ?? name) : live.primaryKey?.columns
  if (key === undefined || key.length === 0) return null
  const labels = key.map((name) => [...own.columns.keys()].find((label) => foldName(can, label) === foldName(can, name)))
  return labels.every((label) => label !== undefined) ? labels : null
}

/** Columns that the table of today has under the same type: their values can be told apart without a cast. */
function steadyLabels({ columns }: Place, live: TableShape | null, dialect: Dialect): readonly string[] {
  return [...columns].flatMap(([label, column]) => {
    const now = live?.columns.find(({ name }) => foldName(dialect.can, name) === foldName(dialect.can, label))
    return now !== undefined && now.generated === null && sameValue(dialect.types.toNative(now.type).text, dialect.types.toNative(column.type).text) ? [label] : []
  })
}

function hasColumn(shape: TableShape, label: string, { can }: Dialect): boolean {
  return shape.columns.some(({ name, generated }) => generated === null && foldName(can, name) === foldName(can, label))
}

/** As what each column is compared: as the table of today has it, where no value of the copy is changed by that. */
async function targetsOf(labels: readonly string[], own: Place, live: TableShape | null, connection: Connection): Promise<ReadonlyMap<string, ColumnShape>> {
  const { dialect } = connection
  const targets = new Map<string, ColumnShape>()
  for (const label of labels) {
    const from = own.columns.get(label)
    const to = live?.columns.find(({ name }) => foldName(dialect.can, name) === foldName(dialect.can, label))
    if (from === undefined || to === undefined) continue
    if (await isSafe(from, to)) targets.set(label, to)
  }
  return targets

  async function isSafe(from: ColumnShape, to: ColumnShape): Promise<boolean> {
    if (from.type.kind === 'enum' || to.type.kind === 'enum') return false
    const risk = dialect.castRisk(from.type, to.type)
    if (risk !== 'lossy') return risk !== 'impossible'
    const lossy = await connection.query(dialect.question({ kind: 'lossyRows', table: own.table, column: { from, to }, key: [], limit: 1 }))
    return lossy.rows.length === 0
  }
}

/** Columns of a place for these labels; null when it lacks one. `isProved`: no cast of it changes a value. Else a type that cannot be had without a risk is compared as it is. */
function pairsOf(
  labels: readonly string[],
  place: Place,
  targets: ReadonlyMap<string, ColumnShape>,
  { dialect, isProved }: { readonly dialect: Dialect; readonly isProved: boolean },
): { readonly table: TableName; readonly columns: readonly CopyColumn[] } | null {
  const columns = labels.map((label): CopyColumn | null => {
    const from = place.columns.get(label) ?? [...place.columns].find(([one]) => foldName(dialect.can, one) === foldName(dialect.can, label))?.[1]
    if (from === undefined) return null
    const to = targets.get(label) ?? from
    const risk = dialect.castRisk(from.type, to.type)
    return { from, to: isProved || risk === 'same' || risk === 'exact' ? to : from }
  })
  return columns.every((column) => column !== null) ? { table: place.table, columns } : null
}

function questionsOf(dialect: Dialect): CopyQuestions {
  if (dialect.copies === undefined) throw new MetaMigrateError('FLAVOR_UNSUPPORTED', `${dialect.label} tells nothing about its copies.`)
  return dialect.copies
}
