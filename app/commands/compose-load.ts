import type { Dialect } from '../flavor/dialect.ts'
import type { CopyColumn, WayOut } from '../flavor/operation.ts'
import type { TableName, TableShape } from '../model/shape.ts'
import { backupShape, digestOf, digestQuestion, wholeTable } from './compose-table.ts'
import type { IsAccepted } from './acceptance.ts'
import { codes } from './codes.ts'
import { counterTypes } from './counters.ts'
import { doubtsOf, namedBefore } from './doubts.ts'
import type { Doubt, DoubtContext } from './doubts.ts'
import { rowsIn } from './new-rows.ts'
import type { Judge, PlanLoss } from './plan.ts'
import type { StepList } from './step-list.ts'
import { subjectOf, wordOf } from './subject.ts'
import { backupNameOf } from './work.ts'
import type { TableWork } from './work.ts'

/** What loading needs to know of the plan. */
export interface LoadOptions {
  readonly dialect: Dialect
  readonly isAccepted: IsAccepted
  /** The other tables, for doubts about rows; absent: none are asked. */
  readonly tables?: DoubtContext
  /** Where the rows go, when the new table is built under another name; it is measured under its own later. */
  readonly into?: TableName
  /** Where the rows are, when that is not the backup. */
  readonly source?: TableName
}

/** Steps that fill a new table from the one set aside, prove the copy, and measure the result; for a backup, the copy of the rows. */
export function composeLoad(list: StepList, work: TableWork, options: LoadOptions): void {
  const { dialect } = options
  const { action, after, moved } = work
  const backup = options.source ?? backupNameOf(work)
  if (action === 'backup' && moved !== null && backup !== null) composeBackup(list, moved, backup, dialect)
  if (after === null || action === 'backup' || action === 'drop') return
  const into = options.into === undefined ? after : { ...after, ...options.into }
  let measured = ''
  if (moved !== null && backup !== null) {
    if (action === 'restore') {
      const message = `${dialect.display(after)} holds rows: a restore fills an empty table.`
      const question = { kind: 'anyRows', table: nameOf(after), key: after.primaryKey?.columns ?? [], limit: 1 } as const
      list.ask(question, {
        table: after,
        summary: `Check that ${dialect.display(after)} is empty`,
        judge: noRows(codes.notEmpty, message, question.key),
      })
    }
    const columns = accepted(work, options)
    guard(list, work, backup, options)
    // A new table goes whole on the way back: its rows need not be deleted one by one first.
    list.run({ kind: 'copyRows', from: backup, to: into, columns, fromShape: moved }, after, ({ undo }) => ({
      undo: action === 'restore' ? undo : [],
    }))
    if (after.columns.some((column) => column.identity !== null)) {
      list.run({ kind: 'continueIdentity', from: backup, fromShape: { ...moved, ...backup }, to: into, columns: work.copy, counterTypes: counterTypes(work) }, after)
    }
    measured = compareDigests(list, { from: backup, to: into, columns, rows: { from: moved, to: into } }, dialect)
  }
  if (options.into === undefined && digestOf(after, dialect) !== measured) {
    list.ask(digestQuestion(after), {
      table: after,
      summary: `Measure ${dialect.display(after)} for a later undo`,
      judge: { kind: 'remember' },
    })
  }
}

/** The columns to copy; one whose loss was accepted says so. */
function accepted(work: TableWork, { dialect, isAccepted }: LoadOptions): readonly CopyColumn[] {
  return work.copy.map((one) =>
    one.from !== null && dialect.castRisk(one.from.type, one.to.type) === 'lossy' && isAccepted(codes.lossyCast, subjectOf(work, one.to.name, namedBefore(work, one.from.name)))
      ? { ...one, lossy: true }
      : one,
  )
}

const noRows = (code: string, message: string, key: readonly string[]): Judge => ({
  kind: 'noRows',
  code,
  message,
  tellsKey: key.length > 0,
})

const nameOf = ({ schema, name }: TableName): TableName => ({ schema, name })

function composeBackup(list: StepList, shape: TableShape, backup: TableName, dialect: Dialect): void {
  list.run({ kind: 'copyTable', shape, to: backup.name }, shape)
  const copy = backupShape(shape, backup)
  compareDigests(list, { from: shape, to: copy, columns: wholeTable(shape), rows: { from: shape, to: copy } }, dialect)
}

/** Whether what stands in for a misfit is the same each time it is computed: a column of clocks and dice cannot be compared with its source. */
function isRepeatable(wayOut: WayOut | undefined, { default: fallback }: { readonly default: string | null }): boolean {
  const text = wayOut?.kind === 'sql' ? wayOut.expression : wayOut?.kind === 'default' ? (fallback ?? '') : ''
  return !/\(|current_|local(?:time|timestamp)/i.test(text.replaceAll(/'(?:[^']|'')*'/g, ''))
}

/** Both sides of the copy, measured alike; returns the text of the second. */
export function compareDigests(
  list: StepList,
  pair: {
    readonly from: TableName
    readonly to: TableName
    readonly columns: readonly CopyColumn[]
    /** Both tables whole. */
    readonly rows: { readonly from: TableShape; readonly to: TableShape }
  },
  dialect: Dialect,
): string {
  const columns = pair.columns.filter(({ to, from, wayOut }) => from !== null && to.generated === null && isRepeatable(wayOut, to))
  const to = nameOf(pair.to)
  const { rows } = pair
  const before = { kind: 'digest', table: nameOf(pair.from), columns, side: 'from', rows } as const
  const after = { kind: 'digest', table: to, columns, side: 'to', rows } as const
  const first = list.ask(before, { table: to, summary: `Measure the rows of ${dialect.display(pair.from)}`, judge: { kind: 'remember' } })
  const message = `${dialect.display(to)} does not hold exactly the rows of ${dialect.display(pair.from)}.`
  list.ask(after, {
    table: to,
    summary: `Prove that ${dialect.display(to)} holds the same rows`,
    judge: { kind: 'equals', with: first, code: 'VERIFY_FAILED', message },
  })
  return dialect.question(after)
}

/** What was measured when the plan was made is measured again, under the locks: rows may have come since. No more may go than was told then. */
function guard(list: StepList, work: TableWork, backup: TableName, options: LoadOptions): void {
  const { after, moved } = work
  if (after === null || moved === null) return
  const { dialect } = options
  if (dialect.can.measuresRows) askDoubts(list, work, { ...options, source: backup, isLoaded: false })
  else guardCasts(list, work, backup, options)
  composeRejects(list, work, backup, dialect)
  for (const { from, to } of work.dropped) {
    const isMeant = options.isAccepted(codes.droppedField, subjectOf(work, from))
    const most = isMeant ? (work.told?.get(`dropped ${to}`) ?? '0') : '0'
    const word = wordOf(subjectOf({ ...work, after: null, table: null }, from), dialect)
    list.ask(
      { kind: 'countValues', table: backup, column: to },
      {
        table: after,
        summary: most === '0' ? `Check that ${word} holds nothing` : `Check that ${word} holds no more than the ${most} values that were told`,
        judge: { kind: 'atMost', most, code: codes.droppedField, message: `The field ${word} goes, and holds more values than were told.`, tellsKey: false, ...(most === '0' ? {} : { loss: { code: codes.droppedField, field: from, word, way: 'dropped' } }) },
      },
    )
  }
}

/** Doubts about the rows of a table, asked again: before it is filled, or (of its foreign keys) once it is. One that could not be asked before is left to the engine. */
export function askDoubts(list: StepList, work: TableWork, options: LoadOptions & { readonly source: TableName; readonly isLoaded: boolean }): void {
  const { dialect, isAccepted, source, isLoaded, tables } = options
  if (work.after === null || tables === undefined) return
  for (const doubt of doubtsOf(work, tables)) {
    const told = work.told?.get(doubt.id)
    if (doubt.under === null || doubt.isLoaded !== isLoaded || doubt.kind === 'trial' || told === null) continue
    if (isLoaded && dialect.can.foreignKeys !== 'alter') continue
    const { way, most } = mostOf(doubt, told ?? '0', isAccepted)
    const question = doubt.under(source)
    const tellsKey = question.kind === 'misfits' && question.rows.key.length > 0
    const loss = { code: doubt.code, field: doubt.subject.parts[0] ?? null, word: wordOf(doubt.subject, dialect), way }
    list.ask(question, {
      table: work.after,
      summary: most === '0' ? doubt.check : `${doubt.check}: no more than the ${most} that were told`,
      judge: { kind: 'atMost', most, code: doubt.code, message: doubt.failed, tellsKey, ...(most === '0' ? {} : { loss }) },
    })
  }
}

function mostOf(doubt: Doubt, told: string, isAccepted: IsAccepted): { readonly most: string; readonly way: PlanLoss['way'] } {
  if (doubt.wayOut !== null) return { most: told, way: doubt.wayOut.kind }
  return { most: doubt.kind === 'loss' && isAccepted(doubt.code, doubt.subject) ? told : '0', way: 'changed' }
}

/** Rows that are left out are on disk before anything of them goes. */
function composeRejects(list: StepList, work: TableWork, backup: TableName, dialect: Dialect): void {
  const rows = rowsIn(work, backup)
  if (rows === null || work.after === null || !work.copy.some(({ wayOut }) => wayOut?.kind === 'reject')) return
  const values = (work.losses ?? []).filter(({ way }) => way === 'reject').reduce((sum, loss) => sum + BigInt(loss.rows), 0n)
  if (values === 0n && work.losses !== undefined) return
  const name = dialect.display(work.after)
  list.ask(
    { kind: 'rejects', rows },
    {
      table: work.after,
      summary: `Write the values of ${name} that are left out to ${rejectFile(work.after)}`,
      judge: { kind: 'rejects', file: rejectFile(work.after), most: String(values), code: codes.castFails, message: `More values of ${name} would be left out than were told.` },
    },
  )
}

/** `shop.item.rejects.csv`, of signs that every file system takes. */
export const rejectFile = ({ schema, name }: TableName): string => `${[schema, name].filter((part) => part !== '').map((part) => part.replaceAll(/[^\p{L}\p{N}_-]/gu, '_').slice(0, 80)).join('.')}.rejects.csv`

/** For a flavor that cannot be asked about new rows: casts and NULLs, one by one. */
function guardCasts(list: StepList, work: TableWork, backup: TableName, { dialect, isAccepted }: LoadOptions): void {
  const { after, moved, copy } = work
  if (after === null || moved === null) return
  const key = moved.primaryKey?.columns ?? []
  const name = dialect.display(after)
  for (const { to, from } of copy) {
    if (to.generated !== null) continue
    const field = `${name}.${to.name}`
    if (from === null) {
      if (to.nullable || to.default !== null || to.identity !== null) continue
      const message = `The new field ${field} takes no NULL and has no default, but there are rows to fill.`
      list.ask(
        { kind: 'anyRows', table: backup, key, limit: 1 },
        { table: after, summary: `Check that no row needs a value for ${field}`, judge: noRows(codes.noDefault, message, key) },
      )
      continue
    }
    if (dialect.castRisk(from.type, to.type) === 'lossy' && !isAccepted(codes.lossyCast, subjectOf(work, to.name))) {
      const message = `A value of ${field} does not survive its new type.`
      list.ask(
        { kind: 'lossyRows', table: backup, column: { from, to }, key, limit: 1 },
        { table: after, summary: `Check that every value of ${field} survives its new type`, judge: noRows(codes.lossyCast, message, key) },
      )
    }
    const beyond = dialect.sequences?.beyond(backup, { from, to }) ?? null
    if (beyond !== null) {
      const message = `The numbers of ${field} have come farther than its new type goes.`
      list.ask(beyond, { table: after, summary: `Check that the numbers of ${field} fit its new type`, judge: noRows(codes.counterBeyond, message, []) })
    }
    if (from.nullable && !to.nullable) {
      const message = `${field} takes no NULL any more, but a row has one.`
      list.ask(
        { kind: 'nullRows', table: backup, column: from.name, key, limit: 1 },
        { table: after, summary: `Check that ${field} has no NULL`, judge: noRows(codes.nullRows, message, key) },
      )
    }
  }
}
