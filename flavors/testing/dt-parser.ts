import { ImpalaSQL, MySQL } from 'dt-sql-parser'
import type { Parser } from './parser-judge.ts'

/** dt-sql-parser's grammar as a judge of whole statements. */
export function dtParser(flavor: 'mysql' | 'impala'): Parser {
  const grammar = flavor === 'mysql' ? new MySQL() : new ImpalaSQL()
  return (texts) => Promise.resolve(texts.map((text) => {
    const [first] = grammar.validate(text)
    if (first === undefined) return null
    return `line ${first.startLine}, column ${first.startColumn}: ${first.message.slice(0, 200)}`
  }))
}
