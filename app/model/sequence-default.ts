import type { TableName } from './shape.ts'

/** A plain name folds to lower case; a quoted one is as it is written. */
const part = String.raw`("(?:[^"]|"")+"|[^".\s]+)`
const nameOf = new RegExp(`^${part}(?:\\.${part})?$`, 'u')
/** `nextval('s.q')`, with the casts that servers of several ages write: `'s.q'::regclass`, `('s.q'::text)::regclass`, `'s.q'::text`. */
const call =
  /^\s*\(*\s*(?:pg_catalog\s*\.\s*)?nextval\s*\(\s*\(?\s*(E?)'((?:[^']|'')*)'\s*(?:::\s*(?:text|character varying)\s*)?\)?\s*(?:::\s*(?:pg_catalog\s*\.\s*)?regclass\s*)?\)\s*\)*\s*$/iu

const plain = (text: string): string => (text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase())

/** The sequence whose next number a default is, and nothing else; `schema` '' where none is named. Null for any other default. */
export function sequenceOf(text: string | null): TableName | null {
  const [, escapes = '', quoted] = (text === null ? null : call.exec(text)) ?? []
  const plainText = escapes === '' ? quoted : quoted?.replaceAll('\\\\', '\\')
  const name = plainText === undefined ? null : nameOf.exec(plainText.replaceAll("''", "'"))
  const [, first = '', second] = name ?? []
  if (first === '') return null
  return second === undefined ? { schema: '', name: plain(first) } : { schema: plain(first), name: plain(second) }
}

/** Whether an expression asks a sequence of PostgreSQL for a number anywhere. */
export const usesSequence = (text: string): boolean => /\bnextval\s*\(\s*\(?\s*E?''/iu.test(text.replaceAll(/'(?:[^']|'')*'/gu, "''"))
