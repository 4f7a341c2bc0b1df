import { mkdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { writeWhole } from './atomic.ts'

/** A small JSON file of this person, read once and written whole after each change. */
export interface JsonFile<T> {
  get(): T
  set(value: T): Promise<void>
}

/** The file at `path`. `parse` gives null for what it does not understand: then the file is put aside as `.broken` and `empty` is used. Readable by its owner alone. */
export function openJsonFile<T>(path: string, empty: T, parse: (value: unknown) => T | null): JsonFile<T> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  let value = read(path, parse) ?? empty
  let last: Promise<void> = Promise.resolve()
  return {
    get: () => value,
    set(next) {
      value = next
      const write = () => writeWhole(path, `${JSON.stringify(value, null, 2)}\n`, 0o600)
      // One write after another: the last value wins.
      last = last.then(write, write)
      return last
    },
  }
}

function read<T>(path: string, parse: (value: unknown) => T | null): T | null {
  let source: string
  try {
    source = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  const value = parse(parsed(source))
  if (value === null) renameSync(path, `${path}.broken`)
  return value
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return undefined
  }
}
