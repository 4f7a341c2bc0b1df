import { describe, expect, it } from 'vitest'
import { check, column, id, index, key, table } from '../testing/clinic.ts'
import { dialect } from './index.ts'
import { conditionOf, filterOf } from './conditions.ts'
import { contextOf } from './context.ts'
import { penFor } from './pen.ts'
import { flat } from './print.ts'
import { targetOf } from './target.ts'
import { valueOf } from './values.ts'

const target = targetOf({})
const shape = table('', 't', [
  id,
  column('a', { kind: 'int32' }),
  column('b', { kind: 'int32' }, { nullable: false }),
  column('u', { kind: 'uint16' }),
  column('price', { kind: 'decimal', precision: 6, scale: 2 }),
  column('Code', { kind: 'varchar', length: 9 }),
  column('first name', { kind: 'text' }, { nullable: false }),
  column('last', { kind: 'text' }, { nullable: false }),
  column('day', { kind: 'date' }),
  column('ok', { kind: 'bool' }),
  column('data', { kind: 'json' }),
], { primaryKey: key })
const [plan] = contextOf({ tables: [shape], names: [shape], related: [] }, target).written

type Reader = typeof conditionOf
function said(read: Reader, sql: string): string | null {
  if (plan === undefined) throw new Error('one table is one plan')
  const found = read(sql, plan, penFor(target))
  return found === null ? null : flat(found)
}

describe('a check', () => {
  it.each([
    ['a >= 0', 'models.Q(a__gte=0)'],
    ['0 < a', 'models.Q(a__gt=0)'],
    ['((a = 007))', 'models.Q(a=7)'],
    ['a != -1', '~models.Q(a=-1)'],
    ['a < b', 'models.Q(a__lt=models.F("b"))'],
    ['NOT (a < 0 OR b IS NULL)', 'models.Q(a__gte=0) & models.Q(b__isnull=False)'],
    ['a BETWEEN 1 AND 5 AND b IN (1, 2)', 'models.Q(a__gte=1) & models.Q(a__lte=5) & models.Q(b__in=[1, 2])'],
    ['a NOT BETWEEN 1 AND 5', 'models.Q(a__lt=1) | models.Q(a__gt=5)'],
    ["code IN ('x', 'y''z')", 'models.Q(code__in=["x", "y\'z"])'],
    ["\"first name\" NOT IN ('a')", '~models.Q(first_name__in=["a"])'],
    ['(a = 1 OR b = 2) AND ok', '(models.Q(a=1) | models.Q(b=2)) & models.Q(ok=True)'],
    ['NOT ok', 'models.Q(ok=False)'],
    ['ok = true', 'models.Q(ok=True)'],
    ['price >= 1.50', 'models.Q(price__gte=Decimal("1.50"))'],
    ["day > '2020-02-29'", 'models.Q(day__gt=datetime.date(2020, 2, 29))'],
    ['length("Code") <= 3', 'models.Q(LessThanOrEqual(Length("code"), 3))'],
    ['a + b <= 100', 'models.Q(LessThanOrEqual(models.F("a") + models.F("b"), 100))'],
    ['lower(code) = code', 'models.Q(code=Lower("code"))'],
  ])('%s is %s', (sql, code) => expect(said(conditionOf, sql)).toBe(code))

  it.each([
    'a >= 0.5', 'a > 99999999999', 'u >= -1', 'price > 12345.6', "day > '2021-02-30'", "day > 'now'", "code LIKE 'a%'", "data ->> 'x' = 'y'", "code = 'x'::text", 'a @> b', 'a = ANY (b)', 'unknown_column > 1',
    'CASE WHEN a > 1 THEN b ELSE 2 END > 0', 'a = NULL', "a = '1'", 'a % 2 = 0', 'a IS DISTINCT FROM b', 'a > b > 1', 'coalesce(a, 0) > 1', 'a || b', 'code = 5', 'a <=> b', 'a - - b > 0', "ok = 'x'", "E'x' = code",
  ])('%s stays SQL', (sql) => expect(said(conditionOf, sql)).toBe(`RawSQL(${JSON.stringify(sql.replaceAll('%', '%%'))}, (), output_field=models.BooleanField())`))

  it.each(['', 'a > 0; DROP TABLE t', 'a > (0', "a > 'x", 'a) OR (b', 'a > 0 -- all'])('%j is none', (sql) => expect(said(conditionOf, sql)).toBe(null))
})

describe('a filter', () => {
  it('rules null out where Django would let it in', () => {
    expect(said(filterOf, 'a <> 0')).toBe('models.Q(a__isnull=False) & ~models.Q(a=0)')
    expect(said(filterOf, 'b <> a')).toBe('models.Q(a__isnull=False) & ~models.Q(b=models.F("a"))')
    expect(said(filterOf, 'b <> 0')).toBe('~models.Q(b=0)')
    expect(said(filterOf, "code LIKE 'a%'")).toBe(`models.Q(RawSQL("code LIKE 'a%%'", (), output_field=models.BooleanField()))`)
  })
})

describe('a generated value', () => {
  it.each([
    ['a * 2', 'models.F("a") * 2'],
    ['a + b - 1', '(models.F("a") + models.F("b")) - 1'],
    ['a * (b + 1)', 'models.F("a") * (models.F("b") + 1)'],
    ["\"first name\" || ' ' || last", 'Concat("first_name", models.Value(" "), "last", output_field=models.TextField())'],
    ['upper(code)', 'Upper("code")'],
    // Concat takes null for an empty text.
    ["code || 'x'", `RawSQL("code || 'x'", ())`],
    ['a * price', 'RawSQL("a * price", ())'],
    ['7', 'RawSQL("7", ())'],
  ])('%s is %s', (sql, code) => expect(said(valueOf, sql)).toBe(code))
})

describe('what is no expression', () => {
  it('is left out with a comment and a finding', () => {
    const broken = { ...shape, checks: [check('a >= 0) OR (1=1', 'c')], indexes: [index(['a'], { name: 'i', predicate: "a > 'x" })] }
    const { document } = dialect
    const found = document?.({ tables: [broken], names: [broken], related: [] })
    expect(found?.findings.map(({ code, path }) => [code, path.column])).toEqual([['TYPE_WIDENED', 'u'], ['FEATURE_UNSUPPORTED', 'i'], ['EXPRESSION_REFUSED', 'c']])
    expect(found?.files[0]?.text).toContain('        # Left out: check c: a >= 0) OR (1=1\n')
  })
})
