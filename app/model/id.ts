import type { Id } from './model.ts'

const letters = 'abcdefghjkmnpqrstvwxyz'
const alphabet = `0123456789${letters}`
const length = 12

/**
 * A maker of random ids: 12 lower-case base32 characters, the first a letter, so that no spreadsheet reads one as a number (`12e45`).
 * `random` gives numbers in [0, 1).
 */
export function makeIds(random: () => number): () => Id {
  const pick = (from: string): string => from.charAt(Math.floor(random() * from.length))
  return () => {
    let id = pick(letters)
    while (id.length < length) id += pick(alphabet)
    return id
  }
}

/** Ids `a1`, `a2` ... in order: for tests and for outputs that must not vary. */
export function countedIds(prefix = 'a'): () => Id {
  let last = 0
  return () => `${prefix}${++last}`
}
