import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Id, Model, Table } from '../../app/model/model.ts'
import type { Owner } from '../../app/run/context.ts'
import { writeWhole } from './atomic.ts'
import { modelProblem } from './model-problem.ts'
import { createTurns } from './turns.ts'

/** What is said of a draft without reading its tables. */
export interface DraftHead {
  readonly id: string
  /** Real path of the model that was edited; null when it was no file yet. */
  readonly path: string | null
  readonly title: string
  /** Stamp of the model's files that the draft began with. */
  readonly stamp: string | null
  /** ISO time of the last edit in it. */
  readonly at: string
  /** What it changes, by name; `changeCount` of them in all. */
  readonly changes: readonly string[]
  readonly changeCount: number
}

export interface DraftContent extends DraftHead {
  /** The model as it was saved, and as it was edited: tables have the same ids in both. */
  readonly saved: Model
  readonly model: Model
}

/** What a window sends: the tables that changed since it sent last, or all of them. */
export interface DraftUpdate extends DraftHead {
  readonly window: string
  readonly isWhole: boolean
  readonly model: Model
  readonly order: readonly Id[]
  /** Tables as they were saved, of those that now differ or are gone. */
  readonly saved: Model
  readonly savedOrder: readonly Id[]
}

/** Drafts on disk: one file each, replaced whole, and beside it who works on it. */
export interface DraftStore {
  /** False: the host does not know the tables that were left out; send them all. */
  keep(update: DraftUpdate): Promise<boolean>
  /** Nobody works on it any more: it is offered to whoever comes next. */
  release(id: string): Promise<void>
  discard(id: string): Promise<void>
  /** Drafts that no living window works on, newest first. */
  list(window: string, last: string | null): Promise<readonly DraftHead[]>
  /** Null when there is none, or its file cannot be read (it is then put aside as `.broken`). */
  read(id: string): Promise<DraftContent | null>
  /** A window says that it lives. */
  pulse(window: string): void
  /** Releases what windows that are gone worked on. */
  sweep(): Promise<void>
}

export interface DraftStoreOptions {
  readonly folder: string
  readonly owner: Owner
  readonly clock: () => number
}

/** A window that was not heard for so long is gone. */
const windowLostMs = 5_000
const isoShape = z.iso.datetime()
const headShape = z.object({
  id: z.string(),
  path: z.string().nullable(),
  title: z.string(),
  stamp: z.string().nullable(),
  at: isoShape,
  changes: z.array(z.string()),
  changeCount: z.number(),
})
const modelShape = z.custom<Model>((value) => modelProblem(value) === null)
const contentShape = headShape.extend({
  saved: modelShape,
  model: modelShape,
  order: z.array(z.string()),
  savedOrder: z.array(z.string()),
})

/** The drafts of a data folder. The folder is made with the first draft, closed to everyone else. */
export function createDraftStore({ folder, owner, clock }: DraftStoreOptions): DraftStore {
  const inTurn = createTurns()
  /** Tables as JSON text by draft and id: an edit of one table makes one table's text anew. */
  const texts = new Map<string, Map<Id, string>>()
  const windows = new Map<string, number>()
  const ownerOf = new Map<string, string>()

  const heard = (window: string) => windows.set(window, clock())
  const isHeard = (window: string) => clock() - (windows.get(window) ?? -Infinity) < windowLostMs
  const ownerPath = (id: string) => join(folder, `${id}.owner`)

  async function pathOf(id: string): Promise<string | null> {
    const name = (await namesIn(folder)).find((each) => each.endsWith(`.${id}.json`))
    return name === undefined ? null : join(folder, name)
  }

  async function keep(update: DraftUpdate): Promise<boolean> {
    heard(update.window)
    const last = update.isWhole ? undefined : texts.get(update.id)
    if (!update.isWhole && last === undefined) return false
    const tables = new Map(last)
    for (const table of update.model.tables) tables.set(table.id, JSON.stringify(table))
    const listed = update.order.map((id) => tables.get(id))
    if (listed.includes(undefined)) return false
    texts.set(update.id, new Map(update.order.map((id) => [id, tables.get(id) ?? ''])))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    if (ownerOf.get(update.id) !== update.window) {
      await writeWhole(ownerPath(update.id), JSON.stringify({ ...owner.facts, window: update.window }), 0o600)
      ownerOf.set(update.id, update.window)
    }
    await writeWhole(join(folder, fileName(update)), fileText(update, listed.join(',')), 0o600)
    return true
  }

  async function isOwned(id: string, window: string): Promise<boolean> {
    const facts = ownerFacts(await readIfThere(ownerPath(id)))
    if (facts === null) return false
    if (facts['window'] === window) return true
    const alive = owner.isAlive(facts)
    return alive ?? (ownerOf.get(id) === facts['window'] && isHeard(String(facts['window'])))
  }

  async function read(id: string): Promise<DraftContent | null> {
    const path = await pathOf(id)
    const source = path === null ? null : await readIfThere(path)
    if (path === null || source === null) return null
    const { data } = contentShape.safeParse(parsed(source))
    const content = data && wholeDraft(data)
    if (content) return content
    await rename(path, `${path}.broken`)
    return null
  }

  async function release(id: string): Promise<void> {
    ownerOf.delete(id)
    texts.delete(id)
    await rm(ownerPath(id), { force: true })
  }

  return {
    keep: (update) => inTurn(update.id, () => keep(update)),
    release: (id) => inTurn(id, () => release(id)),
    discard: (id) =>
      inTurn(id, async () => {
        const path = await pathOf(id)
        if (path !== null) await rm(path, { force: true })
        await release(id)
      }),
    async list(window, last) {
      heard(window)
      // A page that is loaded again has the place of its last one, which is gone.
      if (last !== null && last !== window) windows.delete(last)
      const heads: DraftHead[] = []
      for (const name of await namesIn(folder)) {
        const id = /\.([a-z0-9]+)\.json$/i.exec(name)?.[1]
        if (id === undefined || (await isOwned(id, window))) continue
        const content = await inTurn(id, () => read(id))
        if (content) heads.push(headShape.parse(content))
      }
      return heads.toSorted((a, b) => (a.at < b.at ? 1 : -1))
    },
    read: (id) => inTurn(id, () => read(id)),
    pulse: heard,
    async sweep() {
      for (const [id, window] of ownerOf) if (!isHeard(window)) await inTurn(id, () => release(id))
    },
  }
}

/** Drafts of one model lie together, whatever its path is. */
const fileName = ({ id, path }: DraftHead): string => `${createHash('sha256').update(path ?? '').digest('hex').slice(0, 16)}.${id}.json`

function fileText(update: DraftUpdate, tables: string): string {
  const { id, path, title, stamp, at, changes, changeCount, saved, order, savedOrder } = update
  const head = JSON.stringify({ id, path, title, stamp, at, changes, changeCount, saved, order, savedOrder })
  const model = JSON.stringify({ ...update.model, tables: [] }).replace(/"tables":\[\]/, () => `"tables":[${tables}]`)
  return `${head.slice(0, -1)},"model":${model}}\n`
}

/** The saved model has the tables that did not change from the edited one. */
function wholeDraft(data: z.infer<typeof contentShape>): DraftContent | null {
  const now = new Map(data.model.tables.map((table) => [table.id, table]))
  const was = new Map(data.saved.tables.map((table) => [table.id, table]))
  const pick = (ids: readonly Id[], from: (id: Id) => Table | undefined) => ids.flatMap((id) => from(id) ?? [])
  const tables = pick(data.order, (id) => now.get(id))
  const saved = pick(data.savedOrder, (id) => was.get(id) ?? now.get(id))
  if (tables.length !== data.order.length || saved.length !== data.savedOrder.length) return null
  return { ...headShape.parse(data), model: { ...data.model, tables }, saved: { ...data.saved, tables: saved } }
}

function ownerFacts(source: string | null): Readonly<Record<string, unknown>> | null {
  const value = source === null ? null : parsed(source)
  return typeof value === 'object' && value !== null ? { ...value } : null
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return undefined
  }
}
