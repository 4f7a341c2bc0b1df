/** One object of the model and the name in the target that its id was made from, folded. */
export interface LoadedName {
  /** Name that the object has in the model. */
  readonly key: string
  /** Name that it had in the database it was read from, and that the target has. */
  readonly previous: string
}

/**
 * Renames that the ids of a loaded model tell (see `loadedFieldId`), for a target that keeps no identities of it.
 * `certain`: the target lacks the new name, or its holder moves on for certain, so the rename is still to be done. `open`: the target has both names, so it may
 * be the database before the rename or after it; a person knows.
 */
export function loadedRenames<T extends LoadedName>(
  entries: readonly T[],
  has: (key: string) => boolean,
): { readonly certain: readonly T[]; readonly open: readonly T[] } {
  const moved = entries.filter(({ key, previous }) => key !== previous && has(previous))
  const certain = new Set<T>()
  const leaving = new Set<string>()
  for (let found = true; found; ) {
    found = false
    for (const entry of moved) {
      if (certain.has(entry) || (has(entry.key) && !leaving.has(entry.key))) continue
      certain.add(entry)
      leaving.add(entry.previous)
      found = true
    }
  }
  return { certain: moved.filter((entry) => certain.has(entry)), open: moved.filter((entry) => !certain.has(entry)) }
}
