/** One RENAME statement: exact names. */
export interface Rename {
  readonly from: string
  readonly to: string
}

/**
 * Renames one after another that together do `wanted` at once: chains in the right order, swaps and rings through a name of our own,
 * a change of case only too, and a name that is in the way is moved aside (and stays there: `aside`).
 * `occupied`: every name there now. `fold` says when two are the same.
 */
export function renameSequence(
  wanted: readonly Rename[],
  occupied: readonly string[],
  fold: (name: string) => string,
  temporary: (base: string) => string,
): { readonly steps: readonly Rename[]; readonly aside: readonly Rename[] } {
  const steps: Rename[] = []
  const held = new Set(occupied.map(fold))
  const sources = new Set(wanted.map(({ from }) => fold(from)))
  const aside: Rename[] = []
  const move = (from: string, to: string) => {
    steps.push({ from, to })
    held.delete(fold(from))
    held.add(fold(to))
  }
  for (const { to } of wanted) {
    const inTheWay = occupied.find((name) => fold(name) === fold(to) && !sources.has(fold(name)))
    if (inTheWay === undefined) continue
    const rename = { from: inTheWay, to: temporary(inTheWay) }
    aside.push(rename)
    move(rename.from, rename.to)
  }
  let left = [...wanted]
  while (left.length > 0) {
    const free = left.find(({ to }) => !held.has(fold(to)))
    if (free !== undefined) {
      move(free.from, free.to)
      left = left.filter((one) => one !== free)
      continue
    }
    const [first, ...others] = left
    if (first === undefined) break
    const step = temporary(first.from)
    move(first.from, step)
    left = [...others, { from: step, to: first.to }]
  }
  return { steps, aside }
}
