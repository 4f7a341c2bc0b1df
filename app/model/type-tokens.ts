/** One piece of a type's spelling, with its place in the text so that an unknown part can be kept verbatim. */
export interface TypeToken {
  /** `word`: an identifier as typed; `quoted`: an identifier that stood in "", `` or []; `string`: the text inside ''; `number`; `mark`: one punctuation sign. */
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'mark'
  readonly text: string
  readonly start: number
  readonly end: number
}

const pattern =
  /\s+|(?<word>[\p{L}_][\p{L}\p{N}_$.]*)|(?<number>-?\d+)|'(?<string>(?:[^']|'')*)'|"(?<double>(?:[^"]|"")*)"|`(?<back>(?:[^`]|``)*)`|(?<mark>[()<>,:[\]])/uy

/** The tokens of a type's spelling, or null when some of it is no token at all. */
export function tokensOf(text: string): readonly TypeToken[] | null {
  const tokens: TypeToken[] = []
  pattern.lastIndex = 0
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex
    const groups = pattern.exec(text)?.groups
    if (groups === undefined) return null
    const token = tokenOf(groups)
    if (token !== null) tokens.push({ ...token, start, end: pattern.lastIndex })
  }
  return tokens
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Pick<TypeToken, 'kind' | 'text'> | null {
  const { word, number, string, double, back, mark } = groups
  if (word !== undefined) return { kind: 'word', text: word }
  if (number !== undefined) return { kind: 'number', text: number }
  if (string !== undefined) return { kind: 'string', text: string.replaceAll("''", "'") }
  if (double !== undefined) return { kind: 'quoted', text: double.replaceAll('""', '"') }
  if (back !== undefined) return { kind: 'quoted', text: back.replaceAll('``', '`') }
  return mark === undefined ? null : { kind: 'mark', text: mark }
}
