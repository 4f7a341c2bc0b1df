import type Database from 'better-sqlite3'
import type { SchemaObject } from './catalog.ts'
import type { ScratchAnswer, ScratchWork } from './protocol.ts'

/**
 * The schema after `work.statements`, and who uses the probed columns, found by SQLite itself on a copy without rows.
 * SQLite rewrites exactly the texts that mean a renamed thing, so no text is ever guessed at here.
 */
export function runScratch(database: Database.Database, objects: readonly SchemaObject[], work: ScratchWork): ScratchAnswer {
  try {
    build(database, objects)
    for (const statement of work.statements) database.exec(statement)
    const after = read(database)
    const users = work.probes.map(({ statement }) => usersOf(database, after, statement))
    return { objects: after, users }
  } finally {
    database.close()
  }
}

const order = ['table', 'index', 'view', 'trigger']
const isVirtual = ({ type, sql }: SchemaObject) => type === 'table' && /^CREATE\s+VIRTUAL/i.test(sql)

function build(database: Database.Database, objects: readonly SchemaObject[]): void {
  database.pragma('foreign_keys = OFF')
  const made = objects.filter(({ sql, name }) => sql !== '' && !name.startsWith('sqlite_')).toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type))
  const virtual = made.filter(isVirtual)
  // A virtual table makes its own tables: `page_fts_data` of `page_fts`.
  const isShadow = ({ type, name }: SchemaObject) => type === 'table' && virtual.some((one) => name !== one.name && name.startsWith(`${one.name}_`))
  const [shadows, plain] = [made.filter(isShadow), made.filter((one) => !isVirtual(one) && !isShadow(one))]
  for (const { sql } of plain.filter(({ type }) => type === 'table')) database.exec(sql)
  // Its module may be another program's, and then a view or trigger that means it cannot be tried here.
  for (const { sql } of virtual) attempt(database, sql)
  const there = new Set(read(database).map(({ type, name }) => `${type} ${name}`))
  for (const { sql, type, name } of shadows) if (!there.has(`${type} ${name}`)) database.exec(sql)
  for (const { sql } of plain.filter(({ type }) => type !== 'table')) database.exec(sql)
}

function attempt(database: Database.Database, sql: string): void {
  try {
    database.exec(sql)
  } catch (error) {
    if (!(error instanceof Error) || !/no such module/.test(error.message)) throw error
  }
}

function read(database: Database.Database): readonly SchemaObject[] {
  const rows = database.prepare("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema").raw().all() as [string, string, string, string][]
  return rows.map(([type, name, table, sql]) => ({ type, name, table, sql }))
}

/** A view that is broken already, or breaks with the rename, is no reason to know nothing: with this pragma SQLite leaves its text as it is. Source: sqlite.org/pragma.html#pragma_writable_schema. */
function usersOf(database: Database.Database, before: readonly SchemaObject[], statement: string): readonly string[] {
  database.exec('SAVEPOINT probe')
  try {
    database.unsafeMode(true).pragma('writable_schema = ON')
    database.exec(statement)
    const after = new Map(read(database).map(({ type, name, sql }) => [`${type} ${name}`, sql]))
    return before.filter(({ type, name, sql }) => (type === 'view' || type === 'trigger') && after.get(`${type} ${name}`) !== sql).map(({ name }) => name)
  } finally {
    database.pragma('writable_schema = OFF')
    database.exec('ROLLBACK TO probe')
    database.exec('RELEASE probe')
  }
}
