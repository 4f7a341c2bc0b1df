import Database from 'better-sqlite3'
import { digestResult, digestStart, digestStep, type SqliteValue } from './digest.ts'
import type { Answer, Reply, Request } from './protocol.ts'
import { runScratch } from './scratch.ts'
import { textOf } from './value-text.ts'

// A process of its own: better-sqlite3 blocks its thread and cannot be interrupted, a process can be ended at any moment,
// and SQLite then rolls back by its journal.

let database: Database.Database | undefined

/** What was not committed is rolled back by closing. */
function close(): null {
  database?.close()
  database = undefined
  return null
}

function open(request: Extract<Request, { kind: 'open' }>): Answer {
  const opened = new Database(request.path, { readonly: request.readOnly, timeout: request.busyTimeoutMs })
  opened.defaultSafeIntegers(true)
  opened.pragma('synchronous = FULL')
  opened.pragma('foreign_keys = ON')
  opened.aggregate('metamigrate_digest', {
    varargs: true,
    deterministic: true,
    safeIntegers: true,
    start: digestStart,
    step: (state: ReturnType<typeof digestStart>, ...values: unknown[]) => digestStep(state, values as SqliteValue[]),
    result: digestResult,
  })
  database = opened
  // The first read tells whether the file is a database at all.
  opened.prepare('SELECT count(*) FROM sqlite_schema').get()
  return { version: String(opened.prepare('SELECT sqlite_version()').pluck().get()), pid: process.pid }
}

function statement(text: string): Database.Statement {
  if (database === undefined) throw new Error('no database is open')
  return database.prepare(text)
}

function query(text: string, parameters: readonly (string | null)[]): Answer {
  const prepared = statement(text)
  const rows = prepared.raw().all(...parameters) as SqliteValue[][]
  return { columns: prepared.columns().map((column) => column.name), rows: rows.map((row) => row.map(textOf)) }
}

const foreignKeysPragma = /^PRAGMA foreign_keys = (ON|OFF)$/i

function execute(text: string, parameters: readonly (string | null)[]): Answer {
  const prepared = statement(text)
  if (prepared.reader) {
    prepared.all(...parameters)
    return null
  }
  const { changes } = prepared.run(...parameters)
  const wanted = foreignKeysPragma.exec(text)?.[1]?.toUpperCase()
  // Inside a transaction SQLite ignores this pragma without a word; a rebuild would then empty child tables.
  if (wanted !== undefined && String(database?.pragma('foreign_keys', { simple: true })) !== (wanted === 'ON' ? '1' : '0')) {
    throw new Error(`PRAGMA foreign_keys = ${wanted} had no effect (a transaction is open)`)
  }
  return Number(changes)
}

function answer(request: Request): Answer {
  switch (request.kind) {
    case 'open': return open(request)
    case 'query': return query(request.text, request.parameters)
    case 'execute': return execute(request.text, request.parameters)
    case 'close': return close()
    case 'scratch': return runScratch(new Database(':memory:'), request.objects, request.work)
  }
}

process.on('message', (message: { id: number; request: Request }) => {
  let reply: Reply
  try {
    reply = { id: message.id, ok: true, value: answer(message.request) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    reply = { id: message.id, ok: false, code, message: error instanceof Error ? error.message : String(error) }
  }
  process.send?.(reply)
})

// The owner went away: what was not committed is rolled back by closing.
process.on('disconnect', () => process.exit(0))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // A Ctrl-C in the terminal reaches this process too; its owner decides what becomes of the statement.
  process.on(signal, () => undefined)
}
