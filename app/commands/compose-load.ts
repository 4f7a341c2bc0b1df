import type { Dialect } from '../flavor/dialect.ts'
import type { CopyColumn } from '../flavor/operation.ts'
import type { TableName, TableShape } from '../model/shape.ts'
import { backupShape, digestOf, digestQuestion, wholeTable } from './compose-table.ts'
import { codes } from './codes.ts'
import { counterTypes } from './counters.ts'
import type { Judge } from './plan.ts'
import type { StepList } from './step-list.ts'
import { backupNameOf } from './work.ts'
import type { TableWork } from './work.ts'

/** What loading needs to know of the plan. */
export interface LoadOptions {
  readonly dialect: Dialect
  readonly isAccepted: (code: string) => boolean
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
    guard(list, work, backup, options)
    // A new table goes whole on the way back: its rows need not be deleted one by one first.
    list.run({ kind: 'copyRows', from: backup, to: into, columns: accepted(work, options), fromShape: moved }, after, ({ undo }) => ({
      undo: action === 'restore' ? undo : [],
    }))
    if (after.columns.some((column) => column.identity !== null)) {
      list.run({ kind: 'continueIdentity', from: backup, fromShape: { ...moved, ...backup }, to: into, columns: work.copy, counterTypes: counterTypes(work) }, after)
    }
    measured = compareDigests(list, { from: backup, to: into, columns: work.copy, rows: { from: moved, to: into } }, dialect)
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
function accepted({ copy }: TableWork, { dialect, isAccepted }: LoadOptions): readonly CopyColumn[] {
  if (!isAccepted(codes.lossyCast)) return copy
  return copy.map((one) => (one.from !== null && dialect.castRisk(one.from.type, one.to.type) === 'lossy' ? { ...one, lossy: true } : one))
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
  const columns = pair.columns.filter(({ to, from }) => from !== null && to.generated === null)
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

/** What was measured when the plan was made is measured again, under the locks: rows may have come since. */
function guard(list: StepList, work: TableWork, backup: TableName, { dialect, isAccepted }: LoadOptions): void {
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
    if (dialect.castRisk(from.type, to.type) === 'lossy' && !isAccepted(codes.lossyCast)) {
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
  if (isAccepted(codes.droppedField)) return
  for (const { from, to } of work.dropped) {
    const message = `The field ${name}.${from} goes, but it holds values now.`
    list.ask(
      { kind: 'countValues', table: backup, column: to },
      { table: after, summary: `Check that ${name}.${from} holds nothing`, judge: { kind: 'zero', code: codes.droppedField, message } },
    )
  }
}
