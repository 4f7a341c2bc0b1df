import type { Sql } from '../app/flavor/sql-text.ts'

export type { Sql } from '../app/flavor/sql-text.ts'

/** SQL text from fixed words and fragments. A hole takes a fragment, so a bare name or value does not compile. */
export function sql(words: TemplateStringsArray, ...fragments: readonly Sql[]): Sql {
  let text = words[0] ?? ''
  for (let i = 0; i < fragments.length; i++) {
    text += fragments[i] as string
    const between = words[i + 1]
    if (between !== undefined && between !== '') text += between
  }
  return text as Sql
}

/** Text that is SQL already: an expression from the model (default, check, generated) or a native type. The one door in; each use says why it is SQL. */
export function verbatim(text: string): Sql {
  return text as Sql
}

export function join(fragments: readonly Sql[], separator = ', '): Sql {
  return fragments.join(separator) as Sql
}

/** `text` between `quote` signs, each sign inside doubled. The fast path is a name without the sign. */
export function doubled(text: string, quote: '"' | '`' | "'"): Sql {
  return (text.includes(quote) ? quote + text.replaceAll(quote, quote + quote) + quote : quote + text + quote) as Sql
}

/** A whole number as SQL. Refuses anything else. */
export function integer(value: number | bigint): Sql {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`not a whole number: ${value}`)
  return value.toString() as Sql
}
