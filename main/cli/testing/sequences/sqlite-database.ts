import Sqlite from 'better-sqlite3'
import { plain, quoted, type Database } from './database.ts'

/** A SQLite file. `url` is given as it is to the command line. */
export function sqliteDatabase(path: string): Database {
  const db = new Sqlite(path, { timeout: 5000 })
  db.pragma('synchronous = OFF')
  db.pragma('foreign_keys = ON')
  const objects = () => db.prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'metamigrate\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name NOT LIKE 'metamigrate\\_%' ESCAPE '\\'").all() as { readonly type: string; readonly name: string; readonly sql: string | null }[]
  const execute = (text: string): Promise<string | null> => {
    try {
      db.exec(text)
      return Promise.resolve(null)
    } catch (error) {
      return Promise.resolve(String(error))
    }
  }
  return {
    flavor: 'sqlite',
    url: `sqlite:${path}`,
    password: null,
    look() {
      return Promise.resolve(
        db.transaction(() => {
          const all = objects()
          const rows = all
            .filter(({ type }) => type === 'table')
            .map(({ name }) => [name, (db.prepare(`SELECT * FROM ${quoted(name)}`).raw().all() as unknown[]).map((row) => JSON.stringify(row)).toSorted()] as const)
          return { schema: all.map(({ type, name, sql }) => plain(`${type} ${name}: ${sql ?? ''}`)).toSorted(), rows: new Map(rows) }
        })(),
      )
    },
    runs() {
      const isThere = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'metamigrate_run'").get() !== undefined
      return Promise.resolve(isThere ? (db.prepare('SELECT run_id AS id, state FROM metamigrate_run ORDER BY started_at DESC, run_id DESC').all() as { readonly id: string; readonly state: string }[]) : [])
    },
    columns: (table) => Promise.resolve(db.prepare('SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden = 0').all(table) as { readonly name: string; readonly type: string }[]),
    execute,
    loseBooks() {
      const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'metamigrate\\_%' ESCAPE '\\'").pluck().all() as string[]
      return execute(names.map((name) => `DROP TABLE ${quoted(name)};`).join(' '))
    },
    settle: () => Promise.resolve(),
    close() {
      db.close()
      return Promise.resolve()
    },
  }
}
