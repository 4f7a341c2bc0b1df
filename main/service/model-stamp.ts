import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { contentStamp } from './content-stamp.ts'
import { modelFilesAt } from './model-store.ts'

interface Known {
  readonly signature: string
  readonly stamp: string
}

const known = new Map<string, Known>()

/**
 * What tells one content of a model's files from another: equal as long as no byte changed; null when there is no model. Files are read again only when
 * their time, size or place on the disk changed, so that it may be asked every second.
 */
export async function stampAt(path: string): Promise<string | null> {
  try {
    const { folder, names } = await modelFilesAt(path)
    const facts = await Promise.all(names.map(async (name) => stat(join(folder, name), { bigint: true })))
    const signature = facts.map(({ mtimeNs, size, ino }, at) => `${names[at]}:${mtimeNs}:${size}:${ino}`).join('\n')
    const last = known.get(path)
    if (last?.signature === signature) return last.stamp
    if (names.length === 0) return null
    const stamp = contentStamp(await Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) }))))
    known.set(path, { signature, stamp })
    return stamp
  } catch (error) {
    // Gone, or closed to this user: whoever reads or writes it meets the same error, and can be told.
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}
