import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access, open, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** A file on its way: written and forced to disk under a name of its own beside `path`. */
export interface StagedFile {
  readonly path: string
  readonly temporary: string
}

/** Writes `bytes` beside `path` and forces them to disk; `path` itself stays as it is until `settle`. */
export async function stage(path: string, bytes: string | Uint8Array, mode = 0o666): Promise<StagedFile> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  const kept = await modeOf(path)
  let file: FileHandle | undefined
  try {
    file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, kept ?? mode)
    await file.writeFile(bytes)
    await file.sync()
  } catch (error) {
    await file?.close()
    await rm(temporary, { force: true })
    throw error
  }
  await file.close()
  return { path, temporary }
}

async function modeOf(path: string): Promise<number | null> {
  try {
    const { mode } = await stat(path)
    // A file that may not be written must not be replaced behind its owner's back.
    await access(path, constants.W_OK)
    return mode & 0o777
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Puts a staged file in its place: whoever looks sees the old file or the new one. */
export async function settle({ path, temporary }: StagedFile): Promise<void> {
  await rename(temporary, path)
}

/** Forces the names in a folder to disk. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows has no such call for folders.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync()
  await handle.close()
}

/** Replaces one file whole: after a crash it is the old one or the new one. */
export async function writeWhole(path: string, bytes: string | Uint8Array, mode?: number): Promise<void> {
  await settle(await stage(path, bytes, mode))
  await syncFolder(dirname(path))
}
