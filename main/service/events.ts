import type { ApiEvent } from '../../app/api/api.ts'

export interface Events {
  emit(event: ApiEvent): void
  /** Gives the function that stops listening. */
  listen(listener: (event: ApiEvent) => void): () => void
}

/** A fan-out of events to every window. */
export function createEvents(): Events {
  const listeners = new Set<(event: ApiEvent) => void>()
  return {
    emit: (event) => {
      for (const listener of listeners) listener(event)
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
