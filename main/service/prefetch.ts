import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** One piece of work on a path that was begun before it was asked for. */
export interface Prefetch<T> {
  /** The work's result, the first time it is asked for and only while the files are as they were; null otherwise. Never rejects: who asks does the work again, and meets its error. */
  take(path: string): Promise<T | null>
}

/** Begins `work` at once. */
export function prefetch<T>(path: string, work: () => Promise<T>): Prefetch<T> {
  const begun = begin(path, work)
  let taken = false
  return {
    async take(asked) {
      if (taken || asked !== path) return null
      taken = true
      const { stamp, result } = await begun
      return result !== null && stamp === (await stampOf(path)) ? result : null
    },
  }
}

async function begin<T>(path: string, work: () => Promise<T>): Promise<{ readonly stamp: string; readonly result: T | null }> {
  const stamp = await stampOf(path)
  try {
    return { stamp, result: await work() }
  } catch {
    // The person has not asked yet, so there is nobody to tell; when they do, the work is done again and says what is wrong.
    return { stamp, result: null }
  }
}

/** Changes when a file of the path is written, added or removed; '' when it cannot be read. */
async function stampOf(path: string): Promise<string> {
  try {
    const own = await stat(path)
    const names = own.isDirectory() ? (await readdir(path)).toSorted() : []
    const files = await Promise.all(names.map(async (name) => [name, await stat(join(path, name))] as const))
    return JSON.stringify([own.mtimeMs, own.size, ...files.map(([name, { mtimeMs, size }]) => [name, mtimeMs, size])])
  } catch {
    return ''
  }
}
