import { writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { writeWhole } from '../service/atomic.ts'
import { onDisk } from '../service/model-store.ts'
import type { Io } from './io.ts'

/** Version of every JSON shape that the command line prints; docs/cli.md describes them. */
export const format = 1

/** A JSON document of a kind, on one line. */
export const printJson = (io: Io, kind: string, value: object): void => io.out(`${JSON.stringify({ format, kind, ...value })}\n`)

/** Writes a text to a file, whole or not at all, or to stdout for `-`. */
export async function writeText(out: string | undefined, text: string, io: Io): Promise<void> {
  if (out === undefined || out === '-') return io.out(text)
  const path = resolve(io.cwd, out)
  // A device or a pipe cannot be replaced by a file.
  await onDisk(path, () => (path.startsWith('/dev/') ? writeFile(path, text) : writeWhole(path, text)))
  io.say(`wrote ${basename(path)}`)
}
