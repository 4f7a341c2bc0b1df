import { describe, expect, it } from 'vitest'
import { isWholeExpression, normalExpression, unquoted, type LexicalRules } from './lexer.ts'

const rules: LexicalRules = { nameQuotes: { '"': '"' }, textQuotes: "'", backslashes: false, doubledQuotes: true, lineComments: ['--'], dollarQuotes: true, nestedComments: true }
const flat: LexicalRules = { ...rules, nestedComments: false }

describe('unquoted', () => {
  const bare = (text: string, by = rules) => unquoted(text, by, (name) => /^[a-z]+$/.test(name))
  it.each([
    ['SELECT "a", "B", "a b" FROM "t"', 'SELECT a, "B", "a b" FROM t'],
    [`"a" = '"a"' AND "b"`, `a = '"a"' AND b`],
    ['/* "a" */ "a" -- "a"', '/* "a" */ a -- "a"'],
    ['$x$ "a" $x$ || "a"', '$x$ "a" $x$ || a'],
    ['"a"IS NULL', '"a"IS NULL'],
    ['x"a"', 'x"a"'],
    ['1"a"', '1"a"'],
    ['é"a"', 'é"a"'],
    ['U&"a" = u&"b"', 'U&"a" = u&"b"'],
    [`"e"'x'`, `"e"'x'`],
    [`"u"&'x'`, `"u"&'x'`],
    ['"a""b"', '"a""b"'],
    ['"open', '"open'],
  ])('writes %j as %j', (text, expected) => {
    expect(bare(text)).toBe(expected)
  })

  it('knows where a comment in a comment ends', () => {
    const text = `/* /* */ ' */ "a" || ' "a" '`
    expect(bare(text)).toBe(`/* /* */ ' */ a || ' "a" '`)
    expect(bare(text, flat)).toBe(`/* /* */ ' */ "a" || ' a '`)
  })
})

describe('normalExpression', () => {
  it.each([
    ['- 1.5', '-1.5'],
    ['( -1 )', '-1'],
    ['(a) - 1', '(a) - 1'],
    ['a -1', 'a - 1'],
    ['f( - 1,+2 )', 'f(-1, +2)'],
    ['a = - 1', 'a = -1'],
    ['a  ||  b', 'a || b'],
  ])('writes %j as %j', (text, expected) => {
    expect(normalExpression(text, rules)).toBe(expected)
    expect(normalExpression(expected, rules)).toBe(expected)
  })
})

describe('isWholeExpression', () => {
  it.each([
    ['a > 0 \\! touch x', false],
    ["a <> '\\!'", true],["a > 'x'", true], ['a)', false], ['(a', false], ['a; b', false], ["'a", false], ['', false], ['a -- b', false], ['/* a', false], ['/* /* */ a', false], ['a /* b */', true]])('of %j is %j', (text, expected) => {
    expect(isWholeExpression(text, rules)).toBe(expected)
  })
})
