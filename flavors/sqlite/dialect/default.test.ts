import { describe, expect, it } from 'vitest'
import { normalDefault } from './default.ts'

describe('a default in the words of SQLite', () => {
  it.each([
    ["N'it''s'", "'it''s'"],
    ["E'it''s'", "'it''s'"],
    ["'a'::text", "'a'"],
    ["'1.5'::numeric", "'1.5'"],
    ["'\\x00FF'::bytea", "x'00ff'"],
    ['(getdate())', "datetime('now')"],
    ['now()', 'CURRENT_TIMESTAMP'],
    ['(CONVERT(date, getdate()))', 'CURRENT_DATE'],
    ['newid()', 'lower(hex(randomblob(16)))'],
    ["x'00'", "x'00'"],
    ["'N''x'", "'N''x'"],
    ["'a::b'", "'a::b'"],
    ['((0))', '0'],
  ])('%s is %s', (text, own) => expect(normalDefault(text)).toBe(own))
})
