import type { IndexShape, TableName } from '../../../app/model/shape.ts'
import type { KeptTable } from '../../flavor.ts'
import { sql, verbatim, type Sql } from '../../sql.ts'
import { normalIndex } from './normalize.ts'
import { parseIndex } from './parse-index.ts'
import { createIndexSql } from './table-sql.ts'
import { isWord, tokenize } from './tokens.ts'

/** The CREATE INDEX of a rebuilt table's index: the text of the old one where the model did not change it (its collations and comments with it). */
export function keptIndexSql(table: TableName, index: IndexShape, kept: KeptTable): Sql {
  const texts = textsByName(kept.texts)
  const before = textsByName(kept.before)
  for (const [name, text] of texts) {
    if (name.toLowerCase() !== index.name.toLowerCase()) continue
    // An expression of the model may not have followed a rename that the text followed.
    const readings = [text, before.get(name) ?? text]
    if (readings.some((one) => isSame(table, index, one))) return sql`${verbatim(text)}`
  }
  return createIndexSql(table, index)
}

function textsByName(texts: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const text of texts) {
    const name = nameOf(text)
    if (name !== null) found.set(name, text)
  }
  return found
}

/** The index that a CREATE INDEX text makes; null for another statement. */
function nameOf(text: string): string | null {
  const tokens = tokenize(text)
  const at = tokens.findIndex((token) => isWord(token, 'INDEX'))
  const isIndex = isWord(tokens[0], 'CREATE') && (at === 1 || (at === 2 && isWord(tokens[1], 'UNIQUE')))
  return isIndex ? (tokens[at + 1]?.value ?? null) : null
}

function isSame(table: TableName, index: IndexShape, text: string): boolean {
  const read: IndexShape = { name: index.name, unique: /^CREATE\s+UNIQUE/i.test(text), method: '', include: [], ...parseIndex(text) }
  return JSON.stringify(folded(normalIndex(table, read))) === JSON.stringify(folded(normalIndex(table, index)))
}

/** A text may spell a column in another case than the table does. */
const folded = (index: IndexShape): IndexShape => ({ ...index, parts: index.parts.map((part) => ({ ...part, column: part.column?.toLowerCase() ?? null })) })
