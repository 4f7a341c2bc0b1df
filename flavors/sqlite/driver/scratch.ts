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

function build(database: Database.Database, objects: readonly SchemaObject[]): void {
  database.pragma('foreign_keys = OFF')
  const made = objects.filter(({ sql, name }) => sql !== '' && !name.startsWith('sqlite_')).toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type))
  for (const { sql, type } of made) {
    // Virtual tables need their modules, which may be another program's; nothing of ours renames them.
    if (type === 'table' && /^CREATE\s+VIRTUAL/i.test(sql)) continue
    database.exec(sql)
  }
}

function read(database: Database.Database): readonly SchemaObject[] {
  const rows = database.prepare("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema").raw().all() as [string, string, string, string][]
  return rows.map(([type, name, table, sql]) => ({ type, name, table, sql }))
}

function usersOf(database: Database.Database, before: readonly SchemaObject[], statement: string): readonly string[] {
  database.exec('SAVEPOINT probe')
  try {
    database.exec(statement)
    const after = new Map(read(database).map(({ type, name, sql }) => [`${type} ${name}`, sql]))
    return before.filter(({ type, name, sql }) => (type === 'view' || type === 'trigger') && after.get(`${type} ${name}`) !== sql).map(({ name }) => name)
  } finally {
    database.exec('ROLLBACK TO probe')
    database.exec('RELEASE probe')
  }
}
