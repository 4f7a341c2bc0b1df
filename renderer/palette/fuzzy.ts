/** How well `query` matches `text` (higher is better), or null. Letters must come in order; starts of words, runs and early hits count more. Case and spaces are ignored. */
export function fuzzyScore(query: string, text: string): number | null {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, '')
  if (wanted === '') return 0
  const lower = text.toLowerCase()
  const whole = lower.indexOf(query.toLowerCase().trim())
  if (whole >= 0) return 100 + (isWordStart(text, whole) ? 50 : 0) + (lower.length === wanted.length ? 100 : 0) - whole - lower.length / 100
  let score = 0
  let at = 0
  let run = 0
  for (const letter of wanted) {
    const found = nextHit(text, lower, letter, at)
    if (found < 0) return null
    run = found === at && at > 0 ? run + 1 : 0
    score += 1 + run * 3 + (isWordStart(text, found) ? 5 : 0) - Math.min(3, (found - at) / 4)
    at = found + letter.length
  }
  return score - lower.length / 100
}

/** The next place of a letter: where the run goes on, else at a word's start, else anywhere. */
function nextHit(text: string, lower: string, letter: string, from: number): number {
  if (lower.startsWith(letter, from)) return from
  let first = -1
  for (let at = lower.indexOf(letter, from); at >= 0; at = lower.indexOf(letter, at + 1)) {
    if (isWordStart(text, at)) return at
    if (first < 0) first = at
  }
  return first
}

function isWordStart(text: string, at: number): boolean {
  if (at === 0) return true
  const before = text[at - 1] ?? ''
  return /[\s._\-/:(]/.test(before) || (/[a-z]/.test(before) && /[A-Z]/.test(text[at] ?? ''))
}

/** The items that match, best first; all of them in their own order when the query is empty. At most `limit`. */
export function fuzzyFilter<T>(query: string, items: readonly T[], textOf: (item: T) => string, limit = 200): readonly T[] {
  if (query.trim() === '') return items.slice(0, limit)
  const hits: { item: T; score: number }[] = []
  for (const item of items) {
    const score = fuzzyScore(query, textOf(item))
    if (score !== null) hits.push({ item, score })
  }
  return hits
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
    .map((hit) => hit.item)
}
