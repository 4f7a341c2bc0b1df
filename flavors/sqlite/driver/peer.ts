import { fork, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { MetaMigrateError } from '../../../app/errors.ts'
import { toError } from './errors.ts'
import type { Answer, Reply, Request } from './protocol.ts'

/** The process that holds the database. Requests are answered in the order they were asked. */
export interface Peer {
  readonly pid: number
  ask(request: Request, what: string): Promise<Answer>
  /** Whether a request is under way. */
  isBusy(): boolean
  /** Whether it may serve another connection: it lives, and everything that was asked of it went well. */
  isSound(): boolean
  /** Whether this program stays alive for it. An idle one must not keep a finished program waiting: when the program ends, it ends too. */
  hold(held: boolean): void
  /** Ends the process at once: what runs is rolled back by SQLite's journal, and its call rejects with CANCELLED. */
  kill(): Promise<void>
  /** Ends the process, which closes its database first. */
  close(): Promise<void>
}

interface Waiting {
  readonly what: string
  readonly resolve: (value: Answer) => void
  readonly reject: (error: Error) => void
}

/** From source the worker is a .ts file beside this one; in a bundle it is an entry of its own beside the host. */
function workerPath(): string {
  for (const name of ['./worker.ts', './sqlite-worker.js', '../sqlite-worker.js']) {
    const path = fileURLToPath(new URL(name, import.meta.url))
    if (existsSync(path)) return path
  }
  throw new MetaMigrateError('CONNECTION_FAILED', 'The SQLite worker is missing from this build: build again.', {})
}

/** Starts the process. */
export function startPeer(): Peer {
  // Errors of the worker itself belong to our stderr; its stdout must not mix with results.
  const child = fork(workerPath(), [], { stdio: ['ignore', 2, 2, 'ipc'], execArgv: ['--disable-warning=ExperimentalWarning'] })
  const waiting = new Map<number, Waiting>()
  let next = 1
  let cancelled = false
  let failed = false
  child.on('message', (reply: Reply) => {
    const one = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.ok) one?.resolve(reply.value)
    else {
      failed = true
      one?.reject(toError(reply.code, reply.message, one.what))
    }
  })
  child.on('exit', () => {
    for (const { reject, what } of waiting.values()) {
      reject(cancelled ? new MetaMigrateError('CANCELLED', `${what}: cancelled; SQLite rolls the transaction back.`, { flavor: 'sqlite' }) : lost(what))
    }
    waiting.clear()
  })
  child.on('error', () => child.emit('exit'))
  return {
    pid: child.pid ?? 0,
    ask: (request, what) =>
      new Promise((resolve, reject) => {
        if (!child.connected) {
          reject(lost(what))
          return
        }
        const id = next++
        waiting.set(id, { what, resolve, reject })
        child.send({ id, request })
      }),
    isBusy: () => waiting.size > 0,
    isSound: () => !failed && !cancelled && child.connected && child.exitCode === null && child.signalCode === null,
    hold(held) {
      if (held) {
        child.ref()
        child.channel?.ref()
      } else {
        child.unref()
        child.channel?.unref()
      }
    },
    async kill() {
      cancelled = true
      await end(child, () => child.kill('SIGKILL'))
    },
    close: () => end(child, () => child.disconnect()),
  }
}

/** The connection is over: closed, or its process died. */
export const lost = (what: string): MetaMigrateError => new MetaMigrateError('CONNECTION_LOST', `${what}: the connection to the database file is closed. Connect again; SQLite rolls back what was not committed.`, { flavor: 'sqlite' })

function end(child: ChildProcess, how: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !child.connected) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    how()
  })
}
