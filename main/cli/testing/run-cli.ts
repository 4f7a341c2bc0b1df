import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Io } from '../io.ts'
import { runCli as runHere } from '../program.ts'

/** How one call of the command line ended. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface CallOptions {
  readonly cwd: string
  readonly home: string
  readonly env?: Readonly<Record<string, string>>
  /** In a process of its own, as a person starts it. */
  readonly apart?: boolean
  /** Sent SIGINT once this text has been said on stderr; in a process of its own. */
  readonly interruptAt?: string
}

const main = join(import.meta.dirname, '..', 'main.ts')

/** Runs the command line from its sources without a terminal: in this process, which saves its start, unless it must be apart. */
export function runCli(args: readonly string[], options: CallOptions): Promise<Ended> {
  return options.apart === true || options.interruptAt !== undefined ? runApart(args, options) : runInside(args, options)
}

async function runInside(args: readonly string[], { cwd, home, env = {} }: CallOptions): Promise<Ended> {
  let out = ''
  let err = ''
  const complain = (line: string) => {
    err += `${line}\n`
  }
  const code = await runHere(
    args,
    ({ quiet, verbose }): Io => ({
      cwd,
      env: { ...process.env, METAMIGRATE_HOME: home, ...env },
      quiet,
      verbose,
      live: false,
      interactive: false,
      out: (text) => {
        out += text
      },
      say: (line) => {
        if (!quiet) complain(line)
      },
      complain,
      tell: (line) => {
        if (verbose) complain(line)
      },
      progress: () => undefined,
      style: (_, text) => text,
      ask: () => Promise.resolve(''),
    }),
  )
  return { code, out, err }
}

function runApart(args: readonly string[], { cwd, home, env = {}, interruptAt }: CallOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, METAMIGRATE_HOME: home, ...env } })
    let out = ''
    let err = ''
    let interrupted = false
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString()
      if (interruptAt === undefined || interrupted || !err.includes(interruptAt)) return
      interrupted = true
      child.kill('SIGINT')
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, err }))
  })
}
