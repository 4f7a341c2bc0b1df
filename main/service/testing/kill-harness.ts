import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { KillOrder } from './kill-child.ts'

/** When to kill: at an event, the child standing still there, or some time after it, the child at work. */
export type Moment =
  | { readonly kind: 'boundary'; readonly event: number }
  | { readonly kind: 'within'; readonly event: number; readonly delayMs: number }

/** What became of a child. */
export interface Death {
  /** Events that it told of. */
  readonly events: number
  readonly killed: boolean
  readonly output: string
}

const script = fileURLToPath(new URL('./kill-child.ts', import.meta.url))

/** Runs a child and kills it, from outside and without warning, at the moment given; null lets it live. `whole`: with everything it started. Resolves when it is gone. */
export function runAndKill(order: Omit<KillOrder, 'stopAt'>, moment: Moment | null, whole = false): Promise<Death> {
  const full: KillOrder = { ...order, stopAt: moment?.kind === 'boundary' ? moment.event : null }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, JSON.stringify(full)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  let errors = ''
  let events = 0
  let armed = false
  // Its group holds what it started itself (the process that has the SQLite file): killed too, as by a power cut, or left to find out alone.
  const kill = () => (whole && child.pid !== undefined ? process.kill(-child.pid, 'SIGKILL') : child.kill('SIGKILL'))
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString()
    events = output.split('\n').filter((line) => /^\d/.test(line)).length
    if (moment === null || armed || events < moment.event) return
    armed = true
    if (moment.kind === 'boundary' || moment.delayMs === 0) kill()
    else setTimeout(kill, moment.delayMs)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(`the child failed: ${errors}\n${output}`))
      else resolve({ events, killed: signal === 'SIGKILL', output })
    })
  })
}

/** Random numbers in [0, 1) that a seed repeats (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Runs `work` for each item, at most `width` at once, in order of the list. */
export async function inParallel<T>(items: readonly T[], width: number, work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      const index = next++
      const item = items[index]
      if (item !== undefined) await work(item, index)
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
}
