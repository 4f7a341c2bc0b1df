import { tokenize, type LexicalRules, type Token } from '../lexer.ts'
import type { Judged } from './random-texts.ts'

/** A refusal that is the judge's mistake. */
export interface FalseRefusal {
  /** The text without what the judge does not know, to be judged again; the same text where it holds no such thing. */
  readonly simpler: (text: string) => string
  /** Why the text is right. */
  readonly why: string
  /** Where the flavor's own manual or grammar says so. */
  readonly source: string
}

/** The text with other words in place of each token that is chosen. */
export function replaceTokens(text: string, rules: LexicalRules, instead: (token: Token) => string | null): string {
  let result = ''
  let from = 0
  for (const token of tokenize(text, rules)) {
    const words = instead(token)
    if (words === null) continue
    result += text.slice(from, token.start) + words
    from = token.end
  }
  return result + text.slice(from)
}

/** A parser: what it says to each text, null when it takes it. */
export type Parser = (texts: readonly string[]) => Promise<readonly (string | null)[]>

/** One text of each shape: texts that differ only in quoted names, literals and numbers are one to a grammar. The first is judged as it stands. */
export function oneOfEachShape(texts: readonly Judged[], rules: LexicalRules): readonly Judged[] {
  const seen = new Map<string, Judged>()
  for (const judged of texts) {
    const key = tokenize(judged.text, rules).map(({ kind, text }) => (kind === 'name' ? '"' : kind === 'text' ? "'" : kind === 'number' ? '0' : text)).join(' ')
    if (!seen.has(key)) seen.set(key, judged)
  }
  return [...seen.values()]
}

/**
 * Refusals that nobody has explained, as sentences. A refused text that holds something the judge is known not to know is judged again without it.
 * `needed`: the explanations that were used; one that never is stands on the list for nothing.
 */
export async function refusals(parse: Parser, texts: readonly Judged[], known: readonly FalseRefusal[]): Promise<{ readonly refused: readonly string[]; readonly needed: ReadonlySet<FalseRefusal> }> {
  const verdicts = await parse(texts.map(({ text }) => text))
  const needed = new Set<FalseRefusal>()
  const again = texts.flatMap((judged, at) => {
    if ((verdicts[at] ?? null) === null) return []
    let text = judged.text
    for (const one of known) {
      const simpler = one.simpler(text)
      if (simpler !== text) needed.add(one)
      text = simpler
    }
    return [{ judged, text, verdict: verdicts[at] }]
  })
  const later = await parse(again.map(({ text }) => text))
  const refused = again.flatMap(({ judged: { origin, text }, text: simpler, verdict }, at) => {
    if (simpler !== text && (later[at] ?? null) === null) return []
    return [`${origin}: ${later[at] ?? verdict}\n${text}`]
  })
  return { refused, needed }
}
