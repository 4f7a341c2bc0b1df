import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A secret of 256 bits of this person that outlives the process, by name. Readable by its owner alone. */
export function localKey(dataDir: string, name: string): Buffer {
  const folder = join(dataDir, 'keys')
  const path = join(folder, name)
  const known = read(path)
  if (known !== null) return known
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    // Another host was faster: its key is the one.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    const theirs = read(path)
    if (theirs !== null) return theirs
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 })
  }
  return read(path) ?? randomBytes(32)
}

/** Null when there is none, or what is there is no key. */
function read(path: string): Buffer | null {
  try {
    const key = Buffer.from(readFileSync(path, 'utf8'), 'base64url')
    return key.length === 32 ? key : null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
