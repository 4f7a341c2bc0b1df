import type { Operation, Question } from '../../flavor.ts'
import { unquoted, type LexicalRules } from '../../lexer.ts'
import { isPlainName } from './keywords.ts'
import { indexName } from './normalize.ts'

/** How SQLite cuts SQL into words. Names in its other two quotes come from a person only, and stay. */
const rules: LexicalRules = { nameQuotes: { '"': '"' }, textQuotes: "'", backslashes: false, doubledQuotes: true, lineComments: ['--'], dollarQuotes: false }

/** Every text inside a value: names among them. */
function textsOf(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value === 'string') found.add(value)
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) textsOf(one, found)
  return found
}

/**
 * Writes a text of the operation without the quotes that change nothing. Only names that the operation itself says lose theirs: SQLite may read `"x"` as
 * the text 'x' where no column x is (sqlite.org/quirks.html), and then x alone would fail. Texts that bring back what the file held stay exact.
 */
export function bareText(operation: Operation): (text: string) => string {
  const known = textsOf(operation)
  if (operation.kind === 'createIndex' || operation.kind === 'dropIndex') known.add(indexName(operation.table, operation.index))
  const kept = operation.kind === 'createTable' || operation.kind === 'createIndex' ? operation.kept : undefined
  const exact = new Set(operation.kind === 'setAside' ? operation.remake : [])
  // A text that keeps what somebody wrote keeps it to the letter.
  const isKept = (text: string) => exact.has(text) || (kept !== undefined && /^CREATE\b/i.test(text))
  return (text) => (isKept(text) ? text : bare(text, known))
}

export const bareQuestion = (question: Question, text: string): string => bare(text, textsOf(question))

const bare = (text: string, known: ReadonlySet<string>): string => unquoted(text, rules, (name) => known.has(name) && isPlainName(name))
