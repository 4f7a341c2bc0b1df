import { tokenize, withoutOuterParentheses, type LexicalRules } from '../../lexer.ts'

const rules: LexicalRules = { nameQuotes: { '"': '"' }, textQuotes: "'", backslashes: false, doubledQuotes: true, lineComments: ['--'], dollarQuotes: false }

/** Ways in which Django's query compiler says the same: each left side becomes the right one. */
const rewrites: readonly (readonly [RegExp, string])[] = [
  [/\bcast \( ('?[^()]*?'?) as (?:numeric|real) \)/g, '$1'],
  [/'(-?\d+(?:\.\d+)?)'/g, '$1'],
  [/\b(\d+)\.0\b/g, '$1'],
  [/- (?=\d)/g, '-'],
  [/= any \( array \[ (.*?) \] \)/g, 'in ( $1 )'],
  [/\( (\w+|'(?:[^']|'')*') \)/g, '$1'],
  [/^\( (\w+ [-+*/] \w+) \)(?= [<>=])/g, '$1'],
  [/^\( (\( \w+ [-+*/] \w+ \) [-+*/] \w+) \)(?= [<>=])/g, '$1'],
  // NULL passes a check either way.
  [/\bnot \( (\S+) = (\S+|'(?:[^']|'')*') and \1 is not null \)/g, '$1 <> $2'],
  [/\bnot \( (\S+) = (\S+|'(?:[^']|'')*') \)/g, '$1 <> $2'],
  [/\bnot (\S+) = (\S+|'(?:[^']|'')*')/g, '$1 <> $2'],
  [/(\S+) >= (\S+) and \1 <= (\S+)/g, '$1 between $2 and $3'],
  [/\bnot \( (\w+) < (\w+) or (\w+) between (\w+) and (\w+) \)/g, '$1 >= $2 and ( $3 < $4 or $3 > $5 )'],
  [/\( (\S+ (?:=|<>|<|>|<=|>=) \S+) \)/g, '$1'],
]

/** An expression in words that do not hang on who wrote it: names without quotes, words in lower case, Django's ways of saying a thing put plainly. */
export function plainWords(expression: string): string {
  const tokens = withoutOuterParentheses(tokenize(expression, rules))
  let text = ''
  let end = -1
  for (const token of tokens) {
    const isOperator = token.kind === 'sign' && end === token.start && /[<>=!|]$/.test(text) && /^[<>=|]$/.test(token.text)
    text += (text === '' || isOperator ? '' : ' ') + (token.kind === 'word' ? token.text.toLowerCase() : token.kind === 'name' ? token.value : token.text)
    end = token.end
  }
  for (const [pattern, plain] of rewrites) text = text.replaceAll(pattern, plain)
  return text
}
