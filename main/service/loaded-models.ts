import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { LoadedTable } from '../../app/commands/loaded-table.ts'
import { writeWhole } from './atomic.ts'

/** What was read from databases into models, by address: until a target records ids itself, these tell which of its columns is which field. */
export interface LoadedModels {
  /** Tables that were loaded from this address, as of the last time each was. */
  of(url: string): Promise<readonly LoadedTable[]>
  /** Remembers tables that were just loaded; those of other tables of the address stay. */
  remember(url: string, tables: readonly LoadedTable[]): Promise<void>
}

// The shape itself is written and read by this program alone: what matters of it is compared with the target before it is believed.
const stored = z.object({
  format: z.literal(1),
  tables: z.array(z.object({ table: z.string(), fields: z.array(z.string()), shape: z.custom<LoadedTable['shape']>((value) => isShape(value)) })),
})

const isShape = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'schema' in value && 'name' in value && 'columns' in value && Array.isArray(value.columns)

/** The store in `dataDir`, one file for each address, readable by its owner alone. A file that cannot be understood counts as none: the person is asked instead. */
export function openLoadedModels(dataDir: string): LoadedModels {
  const folder = join(dataDir, 'loaded')
  const pathOf = (url: string) => join(folder, `${createHash('sha256').update(url).digest('hex').slice(0, 32)}.json`)
  const of = async (url: string): Promise<readonly LoadedTable[]> => {
    const text = await textOf(pathOf(url))
    const found = text === null ? null : stored.safeParse(parsed(text))
    return found?.data?.tables ?? []
  }
  return {
    of,
    async remember(url, tables) {
      const fresh = new Set(tables.map(({ table }) => table))
      const others = (await of(url)).filter(({ table }) => !fresh.has(table))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeWhole(pathOf(url), `${JSON.stringify({ format: 1, tables: [...others, ...tables] })}\n`, 0o600)
    },
  }
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
