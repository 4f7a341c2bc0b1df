import { describe, expect, it } from 'vitest'
import type { DataType } from '../../../app/model/data-type.ts'
import { normalDefault, normalExpression } from './normal-expression.ts'
import { valueTypeOf } from './value-type.ts'

const types: Readonly<Record<string, DataType>> = {
  a: { kind: 'int32' },
  b: { kind: 'int32' },
  s: { kind: 'int16' },
  n: { kind: 'decimal', precision: 10, scale: 2 },
  v: { kind: 'varchar', length: 9 },
  t: { kind: 'text' },
  d: { kind: 'date' },
  ts: { kind: 'timestamptz', precision: null },
  'A b': { kind: 'text' },
  m: { kind: 'enum', name: 'mood', values: ['x', 'y'] },
}
const columns = new Map(Object.entries(types).map(([name, type]) => [name, valueTypeOf(type)]))
const normal = (text: string) => normalExpression(text, columns)

describe('normalExpression', () => {
  it.each([
    ['a > 0', '((a > 0))', 'a > 0'],
    ['a>0 AND(b<5)', '((a > 0) AND (b < 5))', 'a > 0 AND b < 5'],
    ['a = 1 or b = 2 and a = 3', '((a = 1) OR ((b = 2) AND (a = 3)))', 'a = 1 OR b = 2 AND a = 3'],
    ['a between 1 and 5', '((a >= 1) AND (a <= 5))', 'a >= 1 AND a <= 5'],
    ['a not between 1 and 5', '((a < 1) OR (a > 5))', 'a < 1 OR a > 5'],
    ["t in ('x', 'y')", "(t = ANY (ARRAY['x'::text, 'y'::text]))", "t = ANY (ARRAY['x', 'y'])"],
    ["v in ('x','y')", "((v)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]))", "v = ANY (ARRAY['x', 'y'])"],
    ["v <> ''", "((v)::text <> ''::text)", "v <> ''"],
    ["t LIKE 'a%'", "(t ~~ 'a%'::text)", "t ~~ 'a%'"],
    ['n > 0', '(n > (0)::numeric)', 'n > 0'],
    ['a > 1.5', '((a)::numeric > 1.5)', 'a > 1.5'],
    ['s % 2 = 0', '(((s)::integer % 2) = 0)', 's % 2 = 0'],
    ['a != -1', "(a <> '-1'::integer)", 'a <> -1'],
    ["d > '2020-01-01'", "(d > '2020-01-01'::date)", "d > '2020-01-01'"],
    ["ts < now() - interval '1 day'", "(ts < (now() - '1 day'::interval))", "ts < now() - '1 day'::interval"],
    ['length("A b") > 3', '(length("A b") > 3)', 'length("A b") > 3'],
    ["m = 'x'", "(m = 'x'::public.mood)", "m = 'x'"],
    ['not(a is null)', '(NOT (a IS NULL))', 'NOT a IS NULL'],
    [
      "case when t = 'q' then 1 else 0 end = 1",
      "(CASE WHEN (t = 'q'::text) THEN 1 ELSE 0 END = 1)",
      "CASE WHEN t = 'q' THEN 1 ELSE 0 END = 1",
    ],
    ['extract(year from d) > 2000', '(EXTRACT(year FROM d) > (2000)::numeric)', 'EXTRACT(year FROM d) > 2000'],
    ['(a - b) - 1 > a - (b - 1)', '(((a - b) - 1) > (a - (b - 1)))', 'a - b - 1 > a - (b - 1)'],
  ])('of %s and of what the server says, %s, is one', (written, read, expected) => {
    expect(normal(written)).toBe(expected)
    expect(normal(read)).toBe(expected)
    expect(normal(expected)).toBe(expected)
  })

  it.each([
    ['a::numeric / 2 > 1', 'a / 2 > 1'],
    ["a::text = '1'", 'a = 1'],
    ["t::varchar(3) = 'x'", "t = 'x'"],
    ["lower(t) = 'x'", "upper(t) = 'x'"],
    ['a > 0 and b > 0 or a < 0', 'a > 0 and (b > 0 or a < 0)'],
    ["'a b' = t", "'a  b' = t"],
    ['"A" > 0', 'a > 0'],
  ])('keeps %s apart from %s', (one, other) => {
    expect(normal(one)).not.toBe(normal(other))
  })

  it('keeps the words of what it cannot read', () => {
    expect(normal("( exists (select  1 from x where y = 'it''s' /* why */) )")).toBe("exists ( select 1 from x where y = 'it''s' )")
    expect(normal("t = 'open")).toBe("t = 'open")
  })
})

describe('normalDefault', () => {
  it.each([
    ['int32', "'5'", '5'],
    ['int32', '-1', "'-1'::integer"],
    ['bool', "'t'", 'true'],
    ['text', "'it''s'", "'it''s'::text"],
    ['date', "DATE '2020-01-01'", "'2020-01-01'::date"],
    ['timestamptz', 'CURRENT_TIMESTAMP', 'now()'],
    ['timestamptz', "'2020-01-01'", "'2020-01-01 00:00:00+00'::timestamp with time zone"],
    ['json', `'{"bb":1,"a":[]}'`, `'{"a": [], "bb": 1}'::jsonb`],
    ['uuid', "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid"],
    ['float64', '1e3', "'1000'::numeric"],
    ['interval', "'90 minutes'", "'01:30:00'::interval"],
    ['blob', String.raw`'\xAB'`, String.raw`'\xab'::bytea`],
  ])('of %s: %s is %s', (kind, written, read) => {
    const type = { kind, precision: null, length: null } as unknown as DataType
    expect(normalDefault(written, type)).toBe(normalDefault(read, type))
  })

  it('says nothing for NULL', () => {
    expect(normalDefault('NULL::character varying', { kind: 'varchar', length: 3 })).toBeNull()
  })
})
