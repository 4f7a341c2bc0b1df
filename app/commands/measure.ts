import type { Dialect } from '../flavor/dialect.ts'
import type { Connection, Rows } from '../flavor/driver.ts'
import { errorCodes } from '../flavor/driver.ts'
import type { Question } from '../flavor/operation.ts'
import { MetaMigrateError } from '../errors.ts'
import type { Finding } from '../model/finding.ts'
import type { TableName } from '../model/shape.ts'
import type { IsAccepted } from './acceptance.ts'
import { codes } from './codes.ts'
import { countOf } from './count-words.ts'
import { doubtsOf } from './doubts.ts'
import type { Doubt, DoubtContext } from './doubts.ts'
import { keyOf } from './new-rows.ts'
import type { PlanLoss } from './plan.ts'
import { nameOf, pathOf } from './static-findings.ts'
import { subjectOf, wordOf } from './subject.ts'
import { backupNameOf } from './work.ts'
import type { TableWork } from './work.ts'

export interface MeasureInput extends DoubtContext {
  readonly connection: Connection
  readonly isAccepted: IsAccepted
}

/** What the rows said: findings, and of each table what its plan may rely on. */
export interface Measured {
  readonly findings: readonly Finding[]
  readonly works: readonly TableWork[]
}

/** What a table's rows said. `told`: number of rows by the id of a doubt; null where it could not be asked. */
interface Answers {
  readonly findings: Finding[]
  readonly told: Map<string, string | null>
  readonly losses: PlanLoss[]
}

/** What the rows say against the plan, before its first statement. One query for each doubt, none where there is none. */
export async function measure(works: readonly TableWork[], input: MeasureInput): Promise<Measured> {
  const findings: Finding[] = []
  const told: TableWork[] = []
  for (const work of works) {
    const answers: Answers = { findings: [], told: new Map(), losses: [] }
    for (const one of doubtsOf(work, input)) await ask(work, one, answers, input)
    if (work.action === 'rebuild') await measureCounters(work, answers, input)
    if (work.action === 'rebuild') for (const { from, to } of work.dropped) await measureDropped(work, { from, to }, answers, input)
    if (work.action === 'drop') await measureDrop(work, answers, input)
    if (work.action === 'restore') await measureRestore(work, answers, input)
    findings.push(...answers.findings)
    told.push({ ...work, told: answers.told, losses: answers.losses })
  }
  return { findings, works: told }
}

/** Errors that say something of the way to the database, not of its rows. */
const ofTheWay: ReadonlySet<string> = new Set(['CONNECTION_FAILED', 'CONNECTION_LOST', 'AUTHENTICATION_FAILED', 'CANCELLED', 'LOCK_TIMEOUT', 'TARGET_BUSY', 'DISK_FULL'])

async function ask(work: TableWork, one: Doubt, { findings, told, losses }: Answers, { connection, dialect, isAccepted }: MeasureInput): Promise<void> {
  const rows = await answerOf(connection, dialect, one.now)
  if ('error' in rows) {
    told.set(one.id, null)
    findings.push(unanswered(one, rows.error, dialect))
    return
  }
  const count = one.kind === 'trial' ? '0' : (rows.rows[0]?.[0] ?? '0')
  told.set(one.id, count)
  const isAnswered = one.kind === 'loss' && isAccepted(one.code, one.subject)
  if (count === '0') return
  const message = one.message(countOf(count), placesOf(rows, isKeyed(one, work)))
  const word = wordOf(one.subject, dialect)
  const loss = { code: one.code, field: one.subject.parts[0] ?? null, rows: count, word }
  if (one.wayOut !== null) {
    findings.push({ code: one.code, severity: 'warning', path: one.path, message: `${message} Chosen: ${spellWay(one)}.`, rows: count, wayOut: { field: word, ways: one.ways } })
    losses.push({ ...loss, way: one.wayOut.kind })
    return
  }
  const isMeant = isAnswered
  if (isMeant) losses.push({ ...loss, way: 'changed' })
  findings.push({
    code: one.code,
    severity: isMeant ? 'warning' : 'error',
    path: one.path,
    message: `${message}${one.ways.length === 0 ? '' : ` ${one.code === codes.castFails ? 'Nobody can accept that: mend the values, choose another type' : 'Fill them first'}, or say what becomes of them: ${wayWords(word, one)}`}`,
    rows: count,
    ...(one.kind === 'loss' ? { accept: `${one.code}:${word}` } : {}),
    ...(one.ways.length === 0 ? {} : { wayOut: { field: word, ways: one.ways } }),
  })
}

async function answerOf(connection: Connection, dialect: Dialect, question: Question): Promise<Rows | { readonly error: MetaMigrateError }> {
  try {
    return await connection.query(dialect.question(question))
  } catch (error) {
    if (!(error instanceof MetaMigrateError) || ofTheWay.has(error.code)) throw error
    return { error }
  }
}

/** Of the data: the new table meets the same error. Of anything else: only the run can tell, and it says so by name. */
function unanswered(one: Doubt, error: MetaMigrateError, dialect: Dialect): Finding {
  const word = wordOf(one.subject, dialect)
  const isData = error.code === 'VALUE_DOES_NOT_FIT' || (error.code === 'STATEMENT_FAILED' && errorCodes.includes('STATEMENT_FAILED') && !/does not exist|no such|permission|syntax/i.test(error.message))
  if (isData) {
    const code = one.kind === 'trial' || one.code === codes.nullRows ? (one.code === codes.generatedFails ? one.code : codes.castFails) : one.code
    return { code, severity: 'error', path: one.path, message: `${word}: it cannot be computed for every row: ${error.message} Mend the values, or change the expression.` }
  }
  return {
    code: codes.notMeasured,
    severity: 'warning',
    path: one.path,
    message: `${word}: ${one.check.charAt(0).toLowerCase()}${one.check.slice(1)}: this cannot be asked before the run (${error.message}). If a row is against it, its transaction stops there and is taken back whole.`,
  }
}

const spellWay = ({ wayOut, ways }: Doubt): string => (wayOut === null || ways.length < 0 ? '' : { null: 'they become NULL', default: 'they get the default', sql: `they become ${wayOut.kind === 'sql' ? wayOut.expression : ''}`, reject: 'these rows are left out, into a reject file' }[wayOut.kind])

const wayWords = (word: string, { ways }: Doubt): string => `--on-fail ${word}=${ways.map((way) => (way === 'sql' ? 'sql:EXPRESSION' : way)).join('|')}.`

const isKeyed = ({ now }: Doubt, work: TableWork): boolean => (now.kind === 'misfits' ? now.rows.key.length > 0 || work.remake.length > 0 : true)

/** Keys of the first rows; without a key a row has no name that may be told, since other values never go into a message. */
function placesOf({ columns, rows }: Rows, isNamed: boolean): string {
  if (!isNamed || columns.length < 2) return 'in a table without a primary key'
  const keys = rows.map((row) => columns.slice(1).map((name, at) => `${name} = ${row[at + 1] ?? 'NULL'}`).join(', '))
  if (keys.length === 1) return rows[0]?.[0] === '1' ? `at ${keys[0] ?? ''}` : `the first at ${keys[0] ?? ''}`
  return `the first at ${keys.join('; ')}`
}

const plain = ({ schema, name }: TableName): TableName => ({ schema, name })

async function measureDropped(work: TableWork, { from, to }: { readonly from: string; readonly to: string }, { findings, losses, told }: Answers, { connection, dialect, isAccepted }: MeasureInput): Promise<void> {
  if (work.before === null) return
  const count = await firstValue(connection, dialect.question({ kind: 'countValues', table: plain(work.before), column: from }))
  const subject = subjectOf(work, from)
  const field = wordOf(subjectOf({ ...work, after: null, table: null }, from), dialect)
  told.set(`dropped ${to}`, count)
  const isMeant = isAccepted(codes.droppedField, subject)
  if (count === '0') {
    findings.push({ code: codes.droppedField, severity: 'info', path: pathOf(work), message: `${field} goes; it holds no value.` })
    return
  }
  if (isMeant) losses.push({ code: codes.droppedField, field: from, rows: count, word: field, way: 'dropped' })
  const message = `${field} goes, and with it ${countOf(count, 'value')}.${isMeant ? '' : ` Accept ${codes.droppedField} if that is meant; if it only has another name now, say so with --rename ${field}=...`}`
  findings.push({ code: codes.droppedField, severity: isMeant ? 'warning' : 'error', path: pathOf(work), message, rows: count, accept: `${codes.droppedField}:${field}` })
}

/** Numbers that have come farther than their new type goes. */
async function measureCounters(work: TableWork, { findings }: Answers, { connection, dialect }: MeasureInput): Promise<void> {
  const { before, moved } = work
  if (before === null || moved === null) return
  const oldName = new Map(moved.columns.map((column, at) => [column.name, before.columns[at]?.name ?? column.name]))
  for (const { to, from } of work.copy) {
    if (from === null || to.generated !== null) continue
    const column = { from: { ...from, name: oldName.get(from.name) ?? from.name }, to }
    const beyond = dialect.sequences?.beyond(plain(before), column) ?? null
    if (beyond === null || (await connection.query(beyond)).rows.length === 0) continue
    const message = `${nameOf(work, dialect)}.${column.from.name}: its numbers have come farther than ${dialect.types.toNative(to.type).text} goes, or start or end beyond it, so that the next one would fail. Choose a wider type, or set its sequence back first (ALTER SEQUENCE ... RESTART).`
    findings.push({ code: codes.counterBeyond, severity: 'error', path: pathOf(work, to.name, 'type'), message })
  }
}

async function measureDrop(work: TableWork, { findings, losses, told }: Answers, { connection, dialect, isAccepted }: MeasureInput): Promise<void> {
  if (work.before === null) return
  const count = await firstValue(connection, dialect.question({ kind: 'countRows', table: plain(work.before) }))
  told.set('dropped', count)
  const subject = subjectOf(work)
  const isMeant = isAccepted(codes.droppedTable, subject)
  if (count === '0') return
  const name = nameOf(work, dialect)
  if (isMeant) losses.push({ code: codes.droppedTable, field: null, rows: count, word: name, way: 'dropped' })
  const message = `${name} goes, and with it ${countOf(count)}.${isMeant ? '' : ` Accept ${codes.droppedTable} if that is meant.`}`
  findings.push({ code: codes.droppedTable, severity: isMeant ? 'warning' : 'error', path: pathOf(work), message, rows: count, accept: `${codes.droppedTable}:${name}` })
}

async function measureRestore(work: TableWork, { findings }: Answers, { connection, dialect }: MeasureInput): Promise<void> {
  if (work.before === null || backupNameOf(work) === null) return
  const rows = await connection.query(dialect.question({ kind: 'anyRows', table: plain(work.before), key: keyOf(work.before), limit: 1 }))
  if (rows.rows.length === 0) return
  const message = `${nameOf(work, dialect)} holds rows: a restore fills an empty table. Clear it first.`
  findings.push({ code: codes.notEmpty, severity: 'error', path: pathOf(work), message })
}

async function firstValue(connection: Connection, text: string): Promise<string> {
  const { rows } = await connection.query(text)
  return rows[0]?.[0] ?? '0'
}
