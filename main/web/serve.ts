import { existsSync, fstatSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { MetaMigrateError, messageOf } from '../../app/errors.ts'
import { dataFolder, programFolder } from '../service/paths.ts'
import type { Environment } from '../service/paths.ts'
import { createService } from '../service/service.ts'
import { createWebHost } from './server.ts'

export interface ServeOptions {
  /** Model or project to open first; null: the sample. Absolute. */
  readonly path: string | null
  /** 0: any free port. */
  readonly port: number
  readonly env: Environment
  /** Folder of the built window; by default that of this program. */
  readonly window?: string
  readonly log: (line: string) => void
}

export interface Served {
  /** The address to open, good for one use. */
  readonly url: string
  /** Fulfils when the host has ended, by a signal or because its launcher went. */
  readonly ended: Promise<void>
}

/** Serves the designer on loopback until this process is told to end. Errors: NOT_FOUND for a path that is not there, PORT_TAKEN. */
export async function serve({ path, port, env, log, window }: ServeOptions): Promise<Served> {
  if (path !== null && !existsSync(path)) throw new MetaMigrateError('NOT_FOUND', `${path} is not there.`, { path })
  const folder = window ?? join(programFolder(), 'dist', 'renderer')
  if (!existsSync(join(folder, 'index.html')))
    throw new MetaMigrateError('NOT_BUILT', `The window is not built (${folder} is empty): run npm run build.`)
  const unexpected = (call: string, error: unknown) =>
    log(`${call} failed: ${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}`)
  const service = createService({
    dataDir: dataFolder(env),
    env,
    host: 'web',
    startPath: path,
    folder: listingFolder(path),
    unexpected: (call, error) => unexpected(call, error),
  })
  const host = await createWebHost({ bridge: service, folder, port, log })
  const close = async () => {
    await host.close()
    await service.close()
  }
  return { url: host.url, ended: untilTold(close) }
}

/** Where a person begins to look for files: beside what was opened, else where the program was started, but not inside of the program. */
function listingFolder(path: string | null): string {
  if (path !== null) return statSync(path).isDirectory() ? path : dirname(path)
  return process.cwd() === programFolder() ? homedir() : process.cwd()
}

/** Ends on a signal, or when the launcher that holds our standard input is gone. A second signal ends at once. */
function untilTold(close: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let ending = false
    const end = () => {
      if (ending) process.exit(130)
      ending = true
      clearInterval(watch)
      process.stdin.destroy()
      close().then(resolve, reject)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
    const parent = process.ppid
    const launched = isPipe()
    // A launcher that was killed leaves us with a new parent and a closed pipe; either is enough.
    const watch = setInterval(() => {
      if (launched && process.ppid !== parent && !ending) end()
    }, 500)
    if (!launched) return
    process.stdin.once('end', () => !ending && end())
    process.stdin.once('error', () => !ending && end())
    process.stdin.resume()
  })
}

/** Whether standard input is held by the program that started us, not by a terminal or a file. */
function isPipe(): boolean {
  const input = fstatSync(0)
  return input.isFIFO() || input.isSocket()
}
