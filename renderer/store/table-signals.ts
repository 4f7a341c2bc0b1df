import type { Id } from '../../app/model/model.ts'
import type { App } from './app.ts'

type Listeners = Map<Id, Set<() => void>>
const all = new WeakMap<App, Listeners>()

/** Listens to one table; returns the function that stops it. An edit wakes only those who look at its tables. */
export function subscribeTable(app: App, table: Id, listener: () => void): () => void {
  const listeners = all.get(app) ?? new Map<Id, Set<() => void>>()
  all.set(app, listeners)
  const some = listeners.get(table) ?? new Set()
  listeners.set(table, some)
  some.add(listener)
  return () => {
    some.delete(listener)
    if (some.size === 0 && listeners.get(table) === some) listeners.delete(table)
  }
}

/** Wakes the listeners of these tables. */
export function signalTables(app: App, tables: readonly Id[]): void {
  const listeners = all.get(app)
  for (const table of tables) for (const listener of listeners?.get(table) ?? []) listener()
}
