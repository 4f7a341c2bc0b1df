import type { ModelDocument } from '../../app/model/document.ts'
import type { Finding } from '../../app/model/finding.ts'
import type { Id } from '../../app/model/model.ts'
import { setModel, type App } from '../store/app.ts'
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
  let flavor = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  const stopFlavor = app.store.subscribe((state) => {
    if (state.view.flavor !== flavor) checkAll()
  })

  function publish(): void {
    const problems: Finding[] = []
    for (const id of document.order) problems.push(...(byTable.get(id) ?? []))
    const old = app.store.getState().model.problems
    if (old.length !== problems.length || problems.some((finding, at) => finding !== old[at])) setModel(app, { problems })
  }

  function checkOne(id: Id): void {
    waiting.delete(id)
    const findings = checkTable(document, id, flavor)
    if (findings.length > 0) byTable.set(id, findings)
    else byTable.delete(id)
  }

  function work(): void {
    const start = performance.now()
    for (const id of waiting) {
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
    flavor = app.store.getState().view.flavor
    for (const id of document.order) waiting.add(id)
    later()
  }

  return {
    check(tables) {
      for (const id of tables) {
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
