/** `before` and the name that is most like the word, or '' when none is alike: for "did you mean". */
export function nearest(word: string, names: readonly string[], before: string): string {
  const scored = names.map((name) => ({ name, far: distance(word.toLowerCase(), name.toLowerCase()) })).toSorted((a, b) => a.far - b.far)
  const [best] = scored
  return best !== undefined && best.far <= Math.max(1, Math.floor(word.length / 3)) ? `${before}${best.name}?` : ''
}

/** Number of single-character edits between two words (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
