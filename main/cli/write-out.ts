import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { MetaMigrateError } from '../../app/errors.ts'
import { onDisk } from '../service/model-store.ts'
import { writeWhole } from '../service/atomic.ts'
import type { Io } from './io.ts'

/** Writes a result to stdout (`-`) or, whole or not at all, to a file. */
export async function writeOut(io: Io, out: string | undefined, text: string | Uint8Array, force = true): Promise<void> {
  if (out === undefined || out === '-') {
    io.out(typeof text === 'string' ? text : new TextDecoder().decode(text))
    return
  }
  const path = resolve(io.cwd, out)
  if (!force && existsSync(path)) throw new MetaMigrateError('ALREADY_EXISTS', `${out} is there already. Take another name, or --force to overwrite it.`, { path: out })
  await onDisk(path, () => writeWhole(path, text))
  io.say(`Wrote ${out}`)
}

/** One JSON document of a command: `format` is its version, `kind` says what it is (docs/cli.md). */
export const json = (kind: string, value: object): string => `${JSON.stringify({ format: 1, kind, ...value }, null, 2)}\n`
