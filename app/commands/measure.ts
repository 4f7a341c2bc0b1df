import type { Dialect } from '../flavor/dialect.ts'
import type { Connection, Rows } from '../flavor/driver.ts'
import type { ColumnShape, TableName } from '../model/shape.ts'
import type { Finding } from '../model/finding.ts'
import { codes } from './codes.ts'
import { nameOf, pathOf } from './static-findings.ts'
import type { TableWork } from './work.ts'

export interface MeasureInput {
  readonly connection: Connection
  readonly dialect: Dialect
  readonly isAccepted: (code: string) => boolean
}

// Enough to say how bad it is without reading a table of billions to its end.
const rowLimit = 100

/** What the rows say against the plan: lossy casts, NULLs, fields without a value, dropped values. One query for each doubt, none where there is none. */
export async function measure(works: readonly TableWork[], input: MeasureInput): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const work of works) {
    if (work.action === 'rebuild') findings.push(...(await measureRebuild(work, input)))
    if (work.action === 'drop') findings.push(...(await measureDrop(work, input)))
    if (work.action === 'restore') findings.push(...(await measureRestore(work, input)))
  }
  return findings
}

async function measureRebuild(work: TableWork, input: MeasureInput): Promise<readonly Finding[]> {
  const { before, moved } = work
  if (before === null || moved === null) return []
  const findings: Finding[] = []
  // `from` names the column as it will be called; here the old table is still as it was.
  const oldName = new Map(moved.columns.map((column, index) => [column.name, before.columns[index]?.name ?? column.name]))
  for (const { to, from } of work.copy) {
    if (to.generated !== null) continue
    const column = from === null ? null : { ...from, name: oldName.get(from.name) ?? from.name }
    const found = column === null ? await measureNew(work, before, to, input) : await measureKept(work, before, { from: column, to }, input)
    findings.push(...found)
  }
  for (const { from } of work.dropped) findings.push(...(await measureDropped(work, before, from, input)))
  return findings
}

const plain = ({ schema, name }: TableName): TableName => ({ schema, name })

async function measureNew(
  work: TableWork,
  before: NonNullable<TableWork['before']>,
  to: ColumnShape,
  { connection, dialect }: MeasureInput,
): Promise<readonly Finding[]> {
  if (to.nullable || to.default !== null || to.identity !== null) return []
  const rows = await connection.query(dialect.question({ kind: 'anyRows', table: plain(before), key: keyOf(before), limit: 1 }))
  if (rows.rows.length === 0) return []
  const message = `${nameOf(work, dialect)} has rows, but its new field ${to.name} takes no NULL and has no default: give it a default, or allow NULL.`
  return [{ code: codes.noDefault, severity: 'error', path: pathOf(work, to.name, 'default'), message }]
}

const keyOf = (shape: NonNullable<TableWork['before']>): readonly string[] => shape.primaryKey?.columns ?? []

async function measureKept(
  work: TableWork,
  before: NonNullable<TableWork['before']>,
  column: { readonly from: ColumnShape; readonly to: ColumnShape },
  { connection, dialect, isAccepted }: MeasureInput,
): Promise<readonly Finding[]> {
  const { from, to } = column
  const table = plain(before)
  const key = keyOf(before)
  const findings: Finding[] = []
  const field = `${nameOf(work, dialect)}.${from.name}`
  if (dialect.castRisk(from.type, to.type) === 'lossy') {
    const rows = await connection.query(dialect.question({ kind: 'lossyRows', table, column, key, limit: rowLimit }))
    if (rows.rows.length > 0) {
      const type = dialect.types.toNative(to.type).text
      const message = `${field}: ${countOf(rows)} would change or fail as ${type}, the first at ${placeOf(rows, key)}. Mend the values, choose a wider type, or accept ${codes.lossyCast}.`
      findings.push({
        code: codes.lossyCast,
        severity: isAccepted(codes.lossyCast) ? 'warning' : 'error',
        path: pathOf(work, to.name, 'type'),
        message,
      })
    }
  }
  const beyond = dialect.sequences?.beyond(table, column) ?? null
  if (beyond !== null && (await connection.query(beyond)).rows.length > 0) {
    const type = dialect.types.toNative(to.type).text
    const message = `${field}: its numbers have come farther than ${type} goes, or start or end beyond it, so that the next one would fail. Choose a wider type, or set its sequence back first (ALTER SEQUENCE ... RESTART).`
    findings.push({ code: codes.counterBeyond, severity: 'error', path: pathOf(work, to.name, 'type'), message })
  }
  if (from.nullable && !to.nullable) {
    const rows = await connection.query(dialect.question({ kind: 'nullRows', table, column: from.name, key, limit: rowLimit }))
    if (rows.rows.length > 0) {
      const message = `${field} takes no NULL any more, but ${countOf(rows)} hold NULL, the first at ${placeOf(rows, key)}. Fill them first.`
      findings.push({ code: codes.nullRows, severity: 'error', path: pathOf(work, to.name, 'nullable'), message })
    }
  }
  return findings
}

const countOf = ({ rows }: Rows) =>
  rows.length >= rowLimit ? `${rowLimit} rows or more` : rows.length === 1 ? '1 row' : `${rows.length} rows`

/** Key of the first row; without a key a row has no name that may be told, since other values never go into a message. */
function placeOf({ columns, rows }: Rows, key: readonly string[]): string {
  if (key.length === 0) return 'a row without a primary key'
  return columns.map((name, index) => `${name} = ${rows[0]?.[index] ?? 'NULL'}`).join(', ')
}

async function measureDropped(
  work: TableWork,
  before: TableName,
  column: string,
  { connection, dialect, isAccepted }: MeasureInput,
): Promise<readonly Finding[]> {
  const count = await firstValue(connection, dialect.question({ kind: 'countValues', table: plain(before), column }))
  const field = `${nameOf(work, dialect)}.${column}`
  if (count === '0')
    return [{ code: codes.droppedField, severity: 'info', path: pathOf(work), message: `${field} goes; it holds no value.` }]
  const message = `${field} goes, and with it ${count === '1' ? '1 value' : `${count} values`}. Accept ${codes.droppedField} if that is meant.`
  return [{ code: codes.droppedField, severity: isAccepted(codes.droppedField) ? 'warning' : 'error', path: pathOf(work), message }]
}

async function measureDrop(work: TableWork, { connection, dialect, isAccepted }: MeasureInput): Promise<readonly Finding[]> {
  if (work.before === null) return []
  const count = await firstValue(connection, dialect.question({ kind: 'countRows', table: plain(work.before) }))
  if (count === '0') return []
  const message = `${nameOf(work, dialect)} goes, and with it ${count === '1' ? '1 row' : `${count} rows`}. Accept ${codes.droppedTable} if that is meant.`
  return [{ code: codes.droppedTable, severity: isAccepted(codes.droppedTable) ? 'warning' : 'error', path: pathOf(work), message }]
}

async function measureRestore(work: TableWork, { connection, dialect }: MeasureInput): Promise<readonly Finding[]> {
  if (work.before === null) return []
  const rows = await connection.query(dialect.question({ kind: 'anyRows', table: plain(work.before), key: keyOf(work.before), limit: 1 }))
  if (rows.rows.length === 0) return []
  return [
    {
      code: codes.notEmpty,
      severity: 'error',
      path: pathOf(work),
      message: `${nameOf(work, dialect)} holds rows: a restore fills an empty table. Clear it first.`,
    },
  ]
}

async function firstValue(connection: Connection, text: string): Promise<string> {
  const { rows } = await connection.query(text)
  return rows[0]?.[0] ?? '0'
}
