import { spawn } from 'node:child_process'
import { join } from 'node:path'

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
  /** Sent SIGINT once this text has been said on stderr. */
  readonly interruptAt?: string
}

const main = join(import.meta.dirname, '..', 'main.ts')

/** Runs the command line from its sources in a process of its own, without a terminal. */
export function runCli(args: readonly string[], { cwd, home, env = {}, interruptAt }: CallOptions): Promise<Ended> {
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
