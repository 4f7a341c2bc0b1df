import type { IndexShape } from '../../../app/model/shape.ts'
import { closing, isName, isSign, isWord, sourceOf, splitAtCommas, tokenize, type Token } from './tokens.ts'

/** Parts and predicate of a CREATE INDEX text. A part that is more than a column name (an expression, another collation) stays an expression. */
export function parseIndex(text: string): Pick<IndexShape, 'parts' | 'predicate'> {
  const tokens = tokenize(text)
  const on = tokens.findIndex((token) => isWord(token, 'ON'))
  const open = tokens.findIndex((token, at) => at > on && isSign(token, '('))
  const end = closing(tokens, open)
  const where = isWord(tokens[end], 'WHERE') ? sourceOf(text, tokens.slice(end + 1)) : ''
  return { parts: splitAtCommas(tokens, open + 1, end - 1).map((part) => partOf(text, part)), predicate: where }
}

function partOf(text: string, part: readonly Token[]): IndexShape['parts'][number] {
  const last = part.at(-1)
  const ordered = part.length > 1 && (isWord(last, 'ASC') || isWord(last, 'DESC'))
  const body = ordered ? part.slice(0, -1) : part
  const order = ordered && isWord(last, 'DESC') ? 'desc' : 'asc'
  const [only] = body
  if (body.length === 1 && isName(only)) return { column: only.value, expression: '', order, nulls: '' }
  return { column: null, expression: sourceOf(text, body), order, nulls: '' }
}
