import { statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, resolve, sep } from 'node:path'
import { MetaMigrateError } from '../../app/errors.ts'
import { writeWhole } from '../service/atomic.ts'
import { onDisk } from '../service/model-store.ts'
import { UsageError } from './exit.ts'
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

/** One text of several, by its path inside a folder. */
export interface OutputFile {
  readonly path: string
  readonly text: string
}

/**
 * Writes the files of a code flavor: one to stdout or to the file that is named; several into the folder that is named. A folder that is there takes
 * one file too, under its own name. Throws UsageError where several have nowhere to go.
 */
export async function writeFiles(out: string | undefined, files: readonly OutputFile[], io: Io): Promise<void> {
  const [only] = files
  const path = out === undefined || out === '-' ? null : resolve(io.cwd, out)
  const isFolder = path !== null && (files.length > 1 || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
  if (files.length === 1 && only !== undefined && !isFolder) return writeText(out, only.text, io)
  if (path === null) {
    if (files.length === 0) return
    throw new UsageError(`this is ${files.length} files (${files.map((file) => file.path).join(', ')}): name a directory with --out DIR`)
  }
  for (const file of files) {
    const target = resolve(path, file.path)
    if (!target.startsWith(path + sep)) throw new MetaMigrateError('BAD_NAME', `${file.path} would be written outside of ${path}.`, { path: file.path })
    await onDisk(target, async () => {
      await mkdir(dirname(target), { recursive: true })
      await writeWhole(target, file.text)
    })
  }
  io.say(`wrote ${files.length} files into ${path}`)
}
