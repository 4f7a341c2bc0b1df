import { readDefault } from '../../default-value.ts'
import { remember } from '../../remember.ts'
import { normalExpression } from './expression.ts'
import { literal } from './names.ts'
import { isName, tokenize } from './tokens.ts'

/** Spellings of other databases for the values that everyone means. */
const known: readonly (readonly [RegExp, string])[] = [
  [/^(?:now\(\)|current_timestamp(?:\(\d?\))?|sysdatetimeoffset\(\)|transaction_timestamp\(\)|statement_timestamp\(\))$/i, 'CURRENT_TIMESTAMP'],
  [/^(?:localtimestamp(?:\(\d?\))?|sysdatetime\(\)|sysutcdatetime\(\)|getdate\(\)|getutcdate\(\)|utc_timestamp\(\d?\))$/i, "datetime('now')"],
  [/^(?:current_date|curdate\(\)|convert\(date, ?(?:getdate|sysdatetime)\(\)\)|cast\((?:getdate|sysdatetime)\(\) as date\))$/i, 'CURRENT_DATE'],
  [/^(?:localtime(?:\(\d?\))?|curtime\(\d?\)|current_time\(\d?\))$/i, 'CURRENT_TIME'],
  [/^(?:gen_random_uuid\(\)|uuid\(\)|newid\(\)|newsequentialid\(\)|uuid_generate_v4\(\))$/i, 'lower(hex(randomblob(16)))'],
]
/** Literals that SQLite would take for something else: a prefix of letters, a cast behind. */
const foreignLiteral = /^\(*[ne]'|::/i

/** A default in SQLite's words. */
export const normalDefault: (text: string) => string = remember((text) => {
  const plain = normalExpression(text)
  if (/^["`[]/.test(plain)) return ownDefault(plain)
  const call = known.find(([pattern]) => pattern.test(plain))?.[1]
  if (call !== undefined) return call
  return foreignLiteral.test(text.trim()) ? ownLiteral(text) : plain
})

/** A default as SQLite gives it back. A name alone is a text to it: `DEFAULT "base"` and `DEFAULT base` mean 'base'. Source: sqlite.org/quirks.html. */
export function ownDefault(text: string): string {
  const [only, ...more] = tokenize(text)
  const isWord = only?.kind === 'word' && /^(?:NULL|TRUE|FALSE|CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME)$/i.test(only.value)
  return isName(only) && only.kind !== 'string' && more.length === 0 && !isWord ? literal(only.value) : text
}

function ownLiteral(text: string): string {
  const value = readDefault(text)
  switch (value.kind) {
    case 'text': {
      const [, hex] = /::\s*bytea\s*\)*\s*$/i.test(text) ? (/^\\x((?:[0-9a-f]{2})*)$/i.exec(value.value) ?? []) : []
      return hex === undefined ? literal(value.value) : `x'${hex.toLowerCase()}'`
    }
    case 'number':
      return value.text
    case 'bool':
      return value.value ? 'TRUE' : 'FALSE'
    case 'null':
      return 'NULL'
    case 'now':
      return 'CURRENT_TIMESTAMP'
    case 'today':
      return 'CURRENT_DATE'
    default:
      return normalExpression(text)
  }
}
