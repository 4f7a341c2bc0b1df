import { existsSync, fstatSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { MetaMigrateError, messageOf } from '../../app/errors.ts'
import { openJsonFile } from '../service/json-file.ts'
import { localKey } from '../service/local-key.ts'
import { dataFolder, programFolder } from '../service/paths.ts'
import type { Environment } from '../service/paths.ts'
import { createService } from '../service/service.ts'
import { createWebHost } from './server.ts'
import type { WebHost } from './server.ts'

export interface ServeOptions {
  /** Model or project to open first; null: the sample. Absolute. */
  readonly path: string | null
  /** 0: the port of the last start when it is free, else any free one. */
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
  const dataDir = dataFolder(env)
  const service = createService({
    dataDir,
    env,
    host: 'web',
    startPath: path,
    folder: listingFolder(path),
    unexpected: (call, error) => unexpected(call, error),
  })
  // A page that outlived its host finds the next one: same port, same session.
  const sessionOf = (own: number) => localKey(dataDir, `session-${own}`).toString('base64url')
  const host = await onLastPort(join(dataDir, 'last-port.json'), port, (wanted) => createWebHost({ bridge: service, folder, port: wanted, log, sessionOf }))
  const close = async () => {
    await host.close()
    await service.close()
  }
  return { url: host.url, ended: untilTold(close) }
}

/** Listens on `port`; where that is 0, on the port of the last start unless someone else has it now. */
async function onLastPort(path: string, port: number, listen: (port: number) => Promise<WebHost>): Promise<WebHost> {
  const last = openJsonFile(path, 0, (value) => z.int().min(0).max(65_535).safeParse(value).data ?? null)
  const host = await listen(port === 0 ? last.get() : port).catch((error: unknown) => {
    if (port !== 0 || !(error instanceof MetaMigrateError) || error.code !== 'PORT_TAKEN') throw error
    return listen(0)
  })
  if (host.port !== last.get()) await last.set(host.port)
  return host
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
