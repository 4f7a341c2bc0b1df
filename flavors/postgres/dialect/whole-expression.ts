import { isBalanced, isSign, tokenize, type LexicalRules } from '../../lexer.ts'
import { remember } from '../../remember.ts'

/** How PostgreSQL cuts SQL into words. Source: manual, chapter "Lexical Structure". */
export const rules: LexicalRules = { nameQuotes: { '"': '"' }, textQuotes: "'", backslashes: false, doubledQuotes: true, lineComments: ['--'], dollarQuotes: true, nestedComments: true }

/**
 * Whether a text is one whole expression: it closes its quotes and parentheses, ends no statement, and holds no backslash outside of quotes, which no expression
 * has and with which psql begins a command of its own. A comment at its end is no harm: a line end follows it.
 */
export const isWholeExpression: (text: string) => boolean = remember((text) => {
  const tokens = tokenize(text, rules)
  return tokens.length > 0 && !text.includes('\0') && text.isWellFormed() && isBalanced(tokens) && !tokens.some((token) => isSign(token, ';') || isSign(token, '\\'))
})
