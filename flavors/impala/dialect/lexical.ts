import type { LexicalRules } from '../../lexer.ts'

/** How Impala cuts SQL into words: texts in either quote with backslashes, `''` is two texts. Source: sql-scanner.flex of Impala. */
export const rules: LexicalRules = { nameQuotes: { '`': '`' }, textQuotes: `'"`, backslashes: true, doubledQuotes: false, lineComments: ['--'], dollarQuotes: false }
