import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { runCli } from '../../program.ts'
import type { Io, IoOptions } from '../../io.ts'
import type { Ended } from '../run-cli.ts'

export interface Place {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** The command line in this process, with its own streams. */
export async function callHere(args: readonly string[], { cwd, env }: Place): Promise<Ended> {
  let out = ''
  let err = ''
  const line = (text: string) => (err += `${text}\n`)
  const ioFor = ({ quiet, verbose }: IoOptions): Io => ({
    cwd,
    env,
    quiet,
    verbose,
    live: false,
    interactive: false,
    out: (text) => (out += text),
    say: (text) => (quiet ? undefined : line(text)),
    complain: line,
    tell: (text) => (verbose ? line(text) : undefined),
    progress: () => undefined,
    style: (_format, text) => text,
    ask: () => Promise.resolve(''),
  })
  const code = await runCli(args, ioFor)
  return { code, out, err }
}

/** When a process dies: after so many lines of its progress, and so many milliseconds. */
export interface Death {
  readonly lines: number
  readonly ms: number
  /** With everything that it started, as by a power cut; else alone. */
  readonly whole: boolean
}

/** Built program or its sources: what follows Node on the command line. */
export const sources: readonly string[] = [join(import.meta.dirname, '..', '..', 'main.ts')]

/** The command line in a process of its own, killed at `death`. Resolves when it and all that it started are gone. `code` null: killed. */
export function callApart(program: readonly string[], args: readonly string[], { cwd, env }: Place, death: Death | null): Promise<Ended> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...program, ...args, ...(death === null ? [] : ['--verbose'])], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { PATH: process.env['PATH'] ?? '', ...env },
  })
  let out = ''
  let err = ''
  let armed = false
  const kill = () => {
    try {
      if (death?.whole === true && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      else child.kill('SIGKILL')
    } catch {
      // It ended first.
    }
  }
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString()
    if (death === null || armed || err.split('\n').length - 1 < death.lines) return
    armed = true
    if (death.ms === 0) kill()
    else setTimeout(kill, death.ms)
  })
  const limit = setTimeout(() => (child.pid === undefined ? undefined : process.kill(-child.pid, 'SIGKILL')), 120_000)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(limit)
      void gone(child.pid ?? 0).then(() => resolve({ code, out, err }))
    })
  })
}

/** Waits until a process group is empty. */
async function gone(group: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    try {
      process.kill(-group, 0)
    } catch {
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`the processes of group ${group} do not end`)
}
