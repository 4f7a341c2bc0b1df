/** Runs work on one thing after the other in the order it was asked for; work on different things goes side by side. */
export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>

/** Turns of which none is taken. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work)
    last.set(key, turn)
    const leave = () => {
      if (last.get(key) === turn) last.delete(key)
    }
    turn.then(leave, leave)
    return turn
  }
}
