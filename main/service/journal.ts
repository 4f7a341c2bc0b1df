import Database from 'better-sqlite3'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { GroupFacts } from '../../app/commands/history.ts'
import { MetaMigrateError, messageOf } from '../../app/errors.ts'
import type { Plan } from '../../app/commands/plan.ts'
import type { RescueFacts } from '../../app/run/books.ts'
import type { Journal, JournalGroup, JournalRun } from '../../app/run/journal.ts'
import type { LogEntry, RunError, RunState } from '../../app/run/report.ts'

/** The local store of runs on disk, and the way to close it. */
export interface JournalFile extends Journal {
  close(): void
}

const schema = `
CREATE TABLE IF NOT EXISTS runs (
  id TEXT PRIMARY KEY, plan TEXT NOT NULL, state TEXT NOT NULL, owner TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT, error TEXT
);
CREATE TABLE IF NOT EXISTS groups (
  run TEXT NOT NULL, name TEXT NOT NULL, facts TEXT NOT NULL, committed INTEGER NOT NULL, PRIMARY KEY (run, name)
);
CREATE TABLE IF NOT EXISTS log (
  number INTEGER PRIMARY KEY, run TEXT NOT NULL, grp TEXT NOT NULL, step TEXT NOT NULL, text TEXT NOT NULL,
  started_at TEXT NOT NULL, duration_ms REAL, row_count INTEGER, outcome TEXT
);
CREATE TABLE IF NOT EXISTS rescues (run TEXT NOT NULL, name TEXT NOT NULL, facts TEXT NOT NULL, PRIMARY KEY (run, name));
CREATE INDEX IF NOT EXISTS log_run ON log (run, number);
`

/**
 * Opens the store `journal.db` in `folder`, making both where they are missing. Each record is forced to disk (synchronous FULL) before the call returns,
 * but for the end of a step: it rides with the next record, so that a step costs one write to disk. Errors: JOURNAL_DAMAGED.
 */
export function openJournal(folder: string): JournalFile {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'journal.db')
  try {
    const db = new Database(path, { timeout: 10_000 })
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.exec(schema)
    return journalOn(db)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!/^SQLITE_(?:NOTADB|CORRUPT)/.test(code)) throw error
    const message = `The journal ${path} is damaged and cannot be read (${messageOf(error)}). Move it away: a new one is made, and each database tells its own runs with --target.`
    throw new MetaMigrateError('JOURNAL_DAMAGED', message, { path }, { cause: error })
  }
}

type Row = Readonly<Record<string, string | number | null>>

function journalOn(db: Database.Database): JournalFile {
  const insertRun = db.prepare(
    'INSERT OR REPLACE INTO runs (id, plan, state, owner, started_at, ended_at, error) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const updateRun = db.prepare('UPDATE runs SET state = ?, owner = ?, ended_at = ?, error = ? WHERE id = ?')
  const startStep = db.prepare('INSERT INTO log (run, grp, step, text, started_at) VALUES (?, ?, ?, ?, ?)')
  const endStep = db.prepare(
    'UPDATE log SET duration_ms = ?, row_count = ?, outcome = ? WHERE number = (SELECT max(number) FROM log WHERE run = ? AND step = ? AND text = ?)',
  )
  const rollBack = db.prepare(`UPDATE log SET outcome = 'rolled back' WHERE run = ? AND grp = ? AND outcome = 'done' AND number > coalesce(
    (SELECT max(number) FROM log WHERE run = ? AND grp = ? AND outcome = 'rolled back'), 0)`)
  const putGroup = db.prepare('INSERT OR REPLACE INTO groups (run, name, facts, committed) VALUES (?, ?, ?, 0)')
  const commitGroup = db.prepare('UPDATE groups SET committed = 1 WHERE run = ? AND name = ?')
  const dropGroup = db.prepare('DELETE FROM groups WHERE run = ? AND name = ?')
  const putRescue = db.prepare('INSERT OR REPLACE INTO rescues (run, name, facts) VALUES (?, ?, ?)')
  const selectRescues = db.prepare('SELECT facts FROM rescues WHERE run = ? ORDER BY rowid')
  const selectRuns = db.prepare('SELECT * FROM runs ORDER BY started_at DESC, rowid DESC')
  const selectRun = db.prepare('SELECT * FROM runs WHERE id = ?')
  const selectGroups = db.prepare('SELECT name, facts, committed FROM groups WHERE run = ? ORDER BY rowid')
  const selectLog = db.prepare('SELECT * FROM log WHERE run = ? AND outcome IS NOT NULL ORDER BY number')
  let waiting: (() => void) | null = null
  const flush = () => {
    const write = waiting
    waiting = null
    write?.()
  }
  /** One transaction with what still waits: one write to disk. */
  const write = (work: () => void) =>
    db.transaction(() => {
      flush()
      work()
    })()
  const read = <T>(work: () => T): T => {
    if (waiting !== null) write(() => undefined)
    return work()
  }
  const get = (id: string) => read(() => runOf(selectRun.get(id) as Row | undefined))
  return {
    begin: (run) =>
      write(() => insertRun.run(run.id, JSON.stringify(run.plan), run.state, run.owner, run.startedAt, run.endedAt, jsonOf(run.error))),
    update(id, change) {
      const run = get(id)
      if (run === null) return
      const next = { ...run, ...change }
      write(() => updateRun.run(next.state, next.owner, next.endedAt, jsonOf(next.error), id))
    },
    stepStarted: (id, step) => write(() => startStep.run(id, step.group, step.step, step.text, step.startedAt)),
    stepEnded(id, entry) {
      waiting = () => endStep.run(entry.durationMs, entry.rows, entry.outcome, id, entry.step, entry.text)
    },
    rolledBack: (id, group) => write(() => rollBack.run(id, group, id, group)),
    groupCommitting: (id, facts) => write(() => putGroup.run(id, facts.group, JSON.stringify(facts))),
    groupCommitted: (id, group) => write(() => commitGroup.run(id, group)),
    groupUndone: (id, group) => write(() => dropGroup.run(id, group)),
    rescued: (id, rescue) => write(() => putRescue.run(id, JSON.stringify([rescue.name.schema, rescue.name.name]), JSON.stringify(rescue))),
    rescues: (id) => read(() => (selectRescues.all(id) as Row[]).map((row) => JSON.parse(String(row['facts'])) as RescueFacts)),
    list: () => read(() => (selectRuns.all() as Row[]).flatMap((row) => runOf(row) ?? [])),
    get,
    groups: (id) => read(() => (selectGroups.all(id) as Row[]).map(groupOf)),
    log: (id) => read(() => (selectLog.all(id) as Row[]).map(entryOf)),
    close() {
      if (waiting !== null) write(() => undefined)
      db.close()
    },
  }
}

const jsonOf = (error: RunError | null) => (error === null ? null : JSON.stringify(error))

function runOf(row: Row | undefined): JournalRun | null {
  if (row === undefined) return null
  return {
    id: String(row['id']),
    plan: JSON.parse(String(row['plan'])) as Plan,
    state: String(row['state']) as RunState,
    owner: String(row['owner']),
    startedAt: String(row['started_at']),
    endedAt: textOf(row['ended_at']),
    error: row['error'] === null ? null : (JSON.parse(String(row['error'])) as RunError),
  }
}

const textOf = (value: string | number | null | undefined) => (value === null || value === undefined ? null : String(value))

function groupOf(row: Row): JournalGroup {
  return { group: String(row['name']), facts: JSON.parse(String(row['facts'])) as GroupFacts, committed: row['committed'] === 1 }
}

function entryOf(row: Row): LogEntry {
  return {
    group: String(row['grp']),
    step: String(row['step']),
    text: String(row['text']),
    startedAt: String(row['started_at']),
    durationMs: Number(row['duration_ms']),
    rows: row['row_count'] === null ? null : Number(row['row_count']),
    outcome: String(row['outcome']) as LogEntry['outcome'],
  }
}
