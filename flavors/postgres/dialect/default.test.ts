import { describe, expect, it } from 'vitest'
import { parseType } from '../../../app/model/parse-type.ts'
import { ownDefault } from './default.ts'

describe('a default in the words of PostgreSQL', () => {
  it.each([
    ['bool', '1', 'true'],
    ['bool', '((0))', 'false'],
    ['int32', 'TRUE', '1'],
    ['text', "N'it''s'", "'it''s'"],
    ['blob', "x'00ff'", "'\\x00ff'"],
    ['blob', '0x00FF', "'\\x00ff'"],
    ['timestamp', '(getdate())', 'LOCALTIMESTAMP'],
    ['timestamp(3)', 'sysdatetime()', 'LOCALTIMESTAMP'],
    ['timestamptz', 'sysdatetimeoffset()', 'now()'],
    ['timestamp', "datetime('now')", "timezone('utc', now())"],
    ['date', 'curdate()', 'CURRENT_DATE'],
    ['date', '(CONVERT(date, getdate()))', 'CURRENT_DATE'],
    ['time', 'curtime()', 'LOCALTIME'],
    ['uuid', '(newid())', 'gen_random_uuid()'],
    ['uuid', '(lower(hex(randomblob(16))))', 'gen_random_uuid()'],
  ])('of a %s: %s is %s', (type, text, own) => expect(ownDefault(text, parseType(type))).toBe(own))

  it.each([
    ['bool', 'true'], ['int32', '0'], ['int32', '1'], ['text', "'x'::text"], ['text', "E'a\\nb'"], ['bit(8)', "x'0f'"], ['timestamptz', 'CURRENT_TIMESTAMP(3)'], ['timestamptz', 'now()'],
    ['uuid', 'uuid_generate_v4()'], ['int64', "nextval('s')"], ['text', "upper('uuid')"], ['date', "date '2020-01-01'"],
  ])('of a %s stays as it is: %s', (type, text) => expect(ownDefault(text, parseType(type))).toBe(text))
})
