/** One object of the model that names its predecessor. Keys are folded names. */
export interface PreviousName {
  readonly key: string
  readonly previous: string
}

/**
 * The entries that are still to be done. A PREVIOUS_NAME stays in a model after it was done, so it counts only while the target lacks the new name,
 * or while the holder of the new name goes on to another name itself (chains and swaps).
 * `isSpent` tells of a pair that an earlier run did: it decides for rings (a swap looks the same before and after).
 */
export function pendingRenames<T extends PreviousName>(
  entries: readonly T[],
  has: (key: string) => boolean,
  isSpent: (entry: T) => boolean,
): readonly T[] {
  let left = entries.filter((entry) => entry.key !== entry.previous && has(entry.previous) && !(has(entry.key) && isSpent(entry)))
  for (;;) {
    const leaving = new Set(left.map((entry) => entry.previous))
    const next = left.filter((entry) => !has(entry.key) || leaving.has(entry.key))
    if (next.length === left.length) return next
    left = next
  }
}
