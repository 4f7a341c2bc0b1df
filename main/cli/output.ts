import { statSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
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

/** Where a command writes: `out` as `--out` has it, `-` or nothing for stdout; `force` writes over other contents. */
export interface Output {
  readonly out: string | undefined
  readonly force?: boolean | undefined
}

/** Writes a text to a file, whole or not at all, or to stdout. Errors: ALREADY_EXISTS for a file with other contents, unless forced. */
export async function writeText({ out, force }: Output, text: string, io: Io): Promise<void> {
  if (out === undefined || out === '-') return io.out(text)
  const path = resolve(io.cwd, out)
  if (force !== true) await refuseOther(path, text)
  // A device or a pipe cannot be replaced by a file.
  await onDisk(path, () => (isRegular(path) ? writeWhole(path, text) : writeFile(path, text)))
  io.say(`wrote ${basename(path)}`)
}

/** Nothing of that name yet, or an ordinary file. */
const isRegular = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? true

/** Errors: ALREADY_EXISTS where a file holds something else than `text`. */
async function refuseOther(path: string, text: string): Promise<void> {
  await onDisk(path, async () => {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found?.isDirectory() === true)
      throw new MetaMigrateError('ALREADY_EXISTS', `${path} is a folder: name a file to write.`, { path })
    if (found?.isFile() !== true || (await readFile(path, 'utf8')) === text) return
    throw new MetaMigrateError('ALREADY_EXISTS', `${path} is there already and holds something else. Name another file, or add --force to write over it.`, { path })
  })
}

/** One text of several, by its path inside a folder. */
export interface OutputFile {
  readonly path: string
  readonly text: string
}

/**
 * Writes the files of a code flavor: one to stdout or to the file that is named; several into the folder that is named. A folder that is there takes
 * one file too, under its own name. All are looked at before the first is written. Throws UsageError where several have nowhere to go; errors: ALREADY_EXISTS.
 */
export async function writeFiles({ out, force }: Output, files: readonly OutputFile[], io: Io): Promise<void> {
  const [only] = files
  const path = out === undefined || out === '-' ? null : resolve(io.cwd, out)
  const isFolder = path !== null && (files.length > 1 || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true || /[/\\]$/.test(out ?? ''))
  if (files.length === 1 && only !== undefined && !isFolder) return writeText({ out, force }, only.text, io)
  if (path === null) {
    if (files.length === 0) return
    throw new UsageError(`this is ${files.length} files (${files.map((file) => file.path).join(', ')}): name a directory with --out DIR`)
  }
  const targets = files.map((file) => ({ ...file, target: resolve(path, file.path) }))
  for (const file of targets) {
    if (!file.target.startsWith(path + sep)) throw new MetaMigrateError('BAD_NAME', `${file.path} would be written outside of ${path}.`, { path: file.path })
    if (force !== true) await refuseOther(file.target, file.text)
  }
  for (const { target, text } of targets) {
    await onDisk(target, async () => {
      await mkdir(dirname(target), { recursive: true })
      await writeWhole(target, text)
    })
  }
  io.say(`wrote ${files.length} ${files.length === 1 ? 'file' : 'files'} into ${path}`)
}
