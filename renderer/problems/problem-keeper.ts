import { createClashIndex, type ClashIndex } from '../../app/commands/name-clashes.ts'
import type { Dialect } from '../../app/flavor/dialect.ts'
import type { ModelDocument } from '../../app/model/document.ts'
import type { Finding } from '../../app/model/finding.ts'
import type { Id } from '../../app/model/model.ts'
import { setModel, type App } from '../store/app.ts'
import { shownFlavor } from '../store/flavors.ts'
import { checkTable } from './check-table.ts'

/** Keeps the list of problems in step with the document, one table at a time. */
export interface ProblemKeeper {
  check(tables: readonly Id[]): void
  /** Checks every table, in slices, so that the window stays awake. */
  checkAll(): void
  stop(): void
}

/** Longest stretch of checking in one go, in ms: short enough not to be felt while typing. */
const sliceMs = 12

export function createProblemKeeper(app: App, document: ModelDocument): ProblemKeeper {
  const byTable = new Map<Id, readonly Finding[]>()
  const waiting = new Set<Id>()
  /** Tables whose names are not in the index yet. */
  const unnamed = new Set<Id>()
  let dialect: Dialect | undefined
  let clashes: ClashIndex | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const stopFlavor = app.store.subscribe((state) => {
    if (shownFlavor(state.view).dialect !== dialect) checkAll()
  })

  function publish(): void {
    const problems: Finding[] = []
    for (const id of document.order) problems.push(...(byTable.get(id) ?? []))
    const old = app.store.getState().model.problems
    if (old.length !== problems.length || problems.some((finding, at) => finding !== old[at]))
      setModel(app, { problems, problemsOf: byTable })
  }

  function checkOne(id: Id): void {
    waiting.delete(id)
    const findings = [...checkTable(document, id, dialect), ...(clashes?.clashes(id) ?? [])]
    if (findings.length > 0) byTable.set(id, findings)
    else byTable.delete(id)
  }

  /** Puts the names of a table into the index; those that now clash with it, or no longer do, are looked at again. */
  function index(id: Id): void {
    for (const other of clashes?.set(document.table(id) ?? null, id) ?? []) if (other !== id) waiting.add(other)
  }

  function work(): void {
    const start = performance.now()
    for (const id of waiting) {
      if (unnamed.delete(id)) index(id)
      checkOne(id)
      if (performance.now() - start > sliceMs) break
    }
    publish()
    timer = waiting.size > 0 ? setTimeout(work, 4) : undefined
  }

  function later(): void {
    timer ??= setTimeout(work, 0)
  }

  function checkAll(): void {
    dialect = shownFlavor(app.store.getState().view).dialect
    clashes = dialect === undefined ? null : createClashIndex(dialect, (id) => document.table(id))
    for (const id of document.order) {
      waiting.add(id)
      unnamed.add(id)
    }
    later()
  }

  return {
    check(tables) {
      for (const id of tables) {
        unnamed.delete(id)
        index(id)
        checkOne(id)
        for (const child of document.referencing(id)) waiting.add(child)
      }
      publish()
      if (waiting.size > 0) later()
    },
    checkAll,
    stop() {
      stopFlavor()
      clearTimeout(timer)
    },
  }
}
