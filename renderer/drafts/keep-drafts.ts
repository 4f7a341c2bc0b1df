import type { Id, Model, Table } from '../../app/model/model.ts'
import type { DraftUpdate } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import { changesSince } from '../problems/changes.ts'
import { setTasks, showFailure, type App } from '../store/app.ts'
import type { ModelSlice } from '../store/state.ts'

/** Longest time between an edit and its way to the host, in ms, while the host answers. */
const waitMs = 300
const retryMs = 1_000
const mostChanges = 20

/** Keeps the edits of the open model as a draft on the host, at most a second later. */
export interface DraftKeeper {
  /** Fulfils once every edit so far is kept on disk. Errors: those of `draft.keep`. */
  settle(): Promise<void>
  /** The draft of the open model is no longer needed. */
  discard(): Promise<void>
  /** Leaves the draft of the open model to whoever comes next. Errors: those of `draft.keep`. */
  leave(): Promise<void>
}

const keepers = new WeakMap<App, DraftKeeper>()

export function draftKeeperOf(app: App): DraftKeeper {
  const keeper = keepers.get(app)
  if (!keeper) throw new MetaMigrateError('UNREACHABLE', 'Nobody keeps drafts of this window.')
  return keeper
}

/** Follows the open model from now on. */
export function keepDrafts(app: App): void {
  /** Tables as the host has them, of the draft that the host knows; null: it knows none, and gets all. */
  let sent: { readonly draft: string; readonly tables: ReadonlyMap<Id, Table> } | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let work: Promise<void> = Promise.resolve()
  let hasFailed = false

  app.store.subscribe(({ model }, before) => {
    if (model.edits !== before.model.edits || model.isDirty !== before.model.isDirty) later(waitMs)
  })

  function later(ms: number): void {
    timer ??= setTimeout(() => {
      timer = null
      push().then(
        () => {
          hasFailed = false
        },
        (error: unknown) => {
          // A host that is gone is told of elsewhere; edits go on, and are sent when it is back.
          if (!hasFailed && !(error instanceof MetaMigrateError && error.code === 'CONNECTION_LOST')) showFailure(app, 'Keep the edits as a draft', error)
          hasFailed = true
          later(retryMs)
        },
      )
    }, ms)
  }

  /** One after another: what is sent last is what is kept. */
  function push(): Promise<void> {
    work = work.then(send, send)
    return work
  }

  async function send(): Promise<void> {
    const { model } = app.store.getState()
    if (!model.document) return
    if (!model.document.isDirty) return forget()
    const known = sent?.draft === model.draft ? sent.tables : null
    const snapshot = model.document.snapshot()
    const { isKept } = await app.client.call('draft.keep', updateOf(app, model, snapshot, known))
    if (!isKept) {
      sent = null
      if (known) return send()
      throw new MetaMigrateError('DRAFT_NOT_KEPT', 'The host did not take the whole draft.')
    }
    sent = { draft: model.draft, tables: new Map(snapshot.tables.map((table) => [table.id, table])) }
    if (app.store.getState().model.document === model.document) setTasks(app, { keptEdits: model.edits })
  }

  async function forget(): Promise<void> {
    if (!sent) return
    const { draft } = sent
    await app.client.call('draft.discard', { id: draft })
    sent = null
  }

  keepers.set(app, {
    settle: push,
    discard: () => {
      work = work.then(forget, forget)
      return work
    },
    async leave() {
      await push()
      if (!sent) return
      await app.client.call('draft.release', { id: sent.draft })
      sent = null
    },
  })
}

function updateOf(app: App, model: ModelSlice, snapshot: Model, known: ReadonlyMap<Id, Table> | null): DraftUpdate {
  const { document, handle, title, stamp } = model
  const saved = model.saved ?? snapshot
  const now = new Map(snapshot.tables.map((table) => [table.id, table]))
  const changes = document ? changesSince(new Map(saved.tables.map((table) => [table.id, table])), document) : []
  return {
    id: model.draft,
    window: app.windowId,
    handle,
    title,
    stamp,
    at: new Date().toISOString(),
    changes: changes.slice(0, mostChanges).map(({ kind, name, detail }) => `${kind} ${name}${detail === '' ? '' : ` (${detail})`}`.slice(0, 300)),
    changeCount: changes.length,
    isWhole: known === null,
    model: known === null ? snapshot : { ...snapshot, tables: snapshot.tables.filter((table) => known.get(table.id) !== table) },
    order: snapshot.tables.map(({ id }) => id),
    saved: { ...saved, tables: saved.tables.filter((table) => now.get(table.id) !== table) },
    savedOrder: saved.tables.map(({ id }) => id),
  }
}
