import Database from 'better-sqlite3'
import pg from 'pg'

/** A database as another program sees it: what is checked here was not written by what is tested. */
export interface Outside {
  exec(sql: string): Promise<void>
  rows(sql: string): Promise<readonly Record<string, unknown>[]>
  close(): Promise<void>
}

export function openSqlite(path: string): Outside {
  const database = new Database(path, { timeout: 20_000 })
  database.pragma('foreign_keys = ON')
  return {
    exec: (sql) => Promise.resolve(void database.exec(sql)),
    rows: (sql) => Promise.resolve(database.prepare(sql).all() as Record<string, unknown>[]),
    close: () => Promise.resolve(void database.close()),
  }
}

export async function openPostgres(url: string): Promise<Outside> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return {
    exec: async (sql) => void (await client.query(sql)),
    rows: async (sql) => (await client.query(sql)).rows as Record<string, unknown>[],
    close: () => client.end(),
  }
}
