import { createContext, use } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../app/api/api.ts'
import { MetaMigrateError, messageOf } from '../../app/errors.ts'
import type { Id, Table } from '../../app/model/model.ts'
import { initialState, type AppFailure, type AppState, type ModelSlice, type TasksSlice, type ViewSlice } from './state.ts'

/** What actions and components work with: the store, the carrier to the host, and a maker of ids. */
export interface App {
  readonly store: StoreApi<AppState>
  /** The table as it would be with what is being typed: changes with each key, so it stands apart. */
  readonly draft: StoreApi<{ readonly table: Table | null }>
  readonly client: Client
  readonly newId: () => Id
  /** Tells this page from any other, for the host that keeps its drafts. */
  readonly windowId: string
  /** The page that this one took the place of (a reload); null when there was none. */
  readonly lastWindowId: string | null
}

export function createApp(client: Client, newId: () => Id, windows: Pick<App, 'windowId' | 'lastWindowId'>): App {
  return {
    store: createStore<AppState>(() => initialState),
    draft: createStore<{ readonly table: Table | null }>(() => ({ table: null })),
    client,
    newId,
    ...windows,
  }
}

export const AppContext = createContext<App | null>(null)

export function useAppHandle(): App {
  const app = use(AppContext)
  if (!app) throw new MetaMigrateError('UNREACHABLE', 'A component stands outside of the application.')
  return app
}

/** The part of the state that `selector` picks; the component draws again only when that part changes. */
export function useApp<T>(selector: (state: AppState) => T): T {
  return useStore(useAppHandle().store, selector)
}

export function setModel(app: App, change: Partial<ModelSlice>): void {
  app.store.setState((state) => ({ model: { ...state.model, ...change } }))
}

export function setView(app: App, change: Partial<ViewSlice>): void {
  app.store.setState((state) => ({ view: { ...state.view, ...change } }))
}

export function setTasks(app: App, change: Partial<TasksSlice>): void {
  app.store.setState((state) => ({ tasks: { ...state.tasks, ...change } }))
}

let lastNumber = 0
const nextNumber = (): number => ++lastNumber

/** Does the work and meanwhile names it in the status bar. */
export async function withBusy<T>(app: App, label: string, work: () => Promise<T>): Promise<T> {
  const id = nextNumber()
  setTasks(app, { busy: [...app.store.getState().tasks.busy, { id, label }] })
  try {
    return await work()
  } finally {
    setTasks(app, { busy: app.store.getState().tasks.busy.filter((task) => task.id !== id) })
  }
}

/** A failure as the window shows it. */
export function failureOf(title: string, error: unknown): AppFailure {
  const code = error instanceof MetaMigrateError ? error.code : 'UNEXPECTED'
  const details = error instanceof MetaMigrateError ? Object.entries(error.details).map(([key, value]) => `${key}: ${String(value)}`) : []
  return { id: nextNumber(), title, message: messageOf(error), code, details: details.join('\n') }
}

/** Shows an error until the person dismisses it. */
export function showFailure(app: App, title: string, error: unknown): void {
  setTasks(app, { failures: [...app.store.getState().tasks.failures, failureOf(title, error)] })
}

export function dismissFailure(app: App, id: number): void {
  setTasks(app, { failures: app.store.getState().tasks.failures.filter((failure) => failure.id !== id) })
}

/** Says what was done, for a few seconds. `undo` offers to take it back. */
export function showToast(app: App, text: string, undo = false): void {
  setView(app, { toast: { id: nextNumber(), text, undo } })
}

/** Does the work; shows what went wrong under the title of what was tried. */
export async function attempt(app: App, title: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    showFailure(app, title, error)
  }
}
