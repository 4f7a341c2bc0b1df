import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Api, FolderListing } from '../../app/api/api.ts'
import type { ServiceContext } from './context.ts'
import { isModelFolder, isTextModel, onDisk } from './model-store.ts'

const maxEntries = 5_000
type Entry = FolderListing['entries'][number]

/** Looking through folders, by handles. */
export function fileHandlers({ handles, folder }: ServiceContext) {
  return {
    'files.list': async ({ handle }) => {
      const path = handle === null ? folder : handles.path(handle)
      const above = dirname(path)
      const entries = await onDisk(path, () => entriesOf(path, (entry) => handles.mint(entry)))
      return { path, handle: handles.mint(path), parent: above === path ? null : handles.mint(above), entries }
    },
  } satisfies Pick<Api, 'files.list'>
}

/** Folders first, then files, each by name; hidden ones and what may not be looked at are left out. */
async function entriesOf(folder: string, mint: (path: string) => string): Promise<readonly Entry[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).slice(0, maxEntries)
  const entries = await Promise.all(names.map((name) => entryOf(join(folder, name), name, mint)))
  return entries
    .filter((entry) => entry !== null)
    .toSorted((a, b) => kindOrder(a) - kindOrder(b) || (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
}

const kindOrder = ({ kind }: Entry): number => (kind === 'folder' ? 0 : 1)

async function entryOf(path: string, name: string, mint: (path: string) => string): Promise<Entry | null> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return { name, kind: 'folder', handle: mint(path), isModel: await isModelFolder(path) }
    return found.isFile() ? { name, kind: 'file', handle: mint(path), isModel: isTextModel(name) } : null
  } catch (error) {
    // Gone meanwhile, a dead link, or closed to this user: not something to choose.
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}
