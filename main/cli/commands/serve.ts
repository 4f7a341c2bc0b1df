import { resolve } from 'node:path'
import { openBrowser } from '../../web/open-browser.ts'
import { serve as serveHost } from '../../web/serve.ts'
import { exit, UsageError } from '../exit.ts'
import type { ExitCode } from '../exit.ts'
import type { Io } from '../io.ts'
import type { CommonOptions } from '../options.ts'
import { startDesktop } from '../desktop.ts'

interface ServeOptions extends CommonOptions {
  readonly port?: string
  readonly open?: boolean
}

/** Serves the designer on loopback until it is told to end. */
export async function serve(io: Io, [dir]: readonly string[], options: ServeOptions): Promise<ExitCode> {
  const port = Number(options.port ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`--port takes a number from 0 to 65535, not '${options.port ?? ''}'`)
  const served = await serveHost({ path: dir === undefined ? null : resolve(io.cwd, dir), port, env: io.env, log: (line) => io.say(line) })
  io.out(`MetaMigrate is at ${served.url}\n`)
  if (options.open !== false) openBrowser(served.url, io.env)
  await served.ended
  return exit.done
}

/** Opens the designer: the desktop window where there is one, else in a browser. */
export async function open(io: Io, args: readonly string[], options: CommonOptions): Promise<ExitCode> {
  const [dir] = args
  const ended = startDesktop(dir === undefined ? [] : [resolve(io.cwd, dir)], io.env)
  if (ended === null) return serve(io, args, options)
  return (await ended) === 0 ? exit.done : exit.failed
}
