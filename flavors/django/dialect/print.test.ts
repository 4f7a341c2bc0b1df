import { describe, expect, it } from 'vitest'
import { assignment, comment, flat } from './print.ts'
import { atom, call, keyword, list, operation, pythonString, text } from './python.ts'
import { width } from './width.ts'

describe('Python as black leaves it', () => {
  it('stays on one line up to column 88', () => {
    const fits = call('models.CharField', keyword('max_length', '80'), keyword('db_column', text('x'.repeat(28))))
    expect(assignment('abcdefgh', fits, '    ')).toBe(`    abcdefgh = models.CharField(max_length=80, db_column="${'x'.repeat(28)}")`)
    expect(width(assignment('abcdefgh', fits, '    '))).toBe(88)
    expect(assignment('abcdefghi', fits, '    ').split('\n')).toHaveLength(4)
  })

  it('is one argument a line beyond, each with a comma', () => {
    const long = call('models.CharField', keyword('max_length', '80'), keyword('db_column', text('y'.repeat(60))))
    expect(assignment('name', long, '    ')).toBe(`    name = models.CharField(\n        max_length=80,\n        db_column="${'y'.repeat(60)}",\n    )`)
  })

  it('puts an operation that does not fit in parentheses, one operand a line where it must', () => {
    const q = (n: number) => call('models.Q', keyword(`field_no_${n}__gte`, '1'))
    const condition = operation('&', [q(1), operation('|', [q(2), q(3)]), q(4)])
    const lines = assignment('constraints', list([call('models.CheckConstraint', keyword('condition', condition), keyword('name', text('c')))]), '        ').split('\n')
    expect(lines).toEqual([
      '        constraints = [',
      '            models.CheckConstraint(',
      '                condition=(',
      '                    models.Q(field_no_1__gte=1)',
      '                    & (models.Q(field_no_2__gte=1) | models.Q(field_no_3__gte=1))',
      '                    & models.Q(field_no_4__gte=1)',
      '                ),',
      '                name="c",',
      '            ),',
      '        ]',
    ])
  })

  it('puts a text that only fits on a line of its own in parentheses', () => {
    expect(assignment('db_table_comment', text('z'.repeat(72)), '        ')).toBe(`        db_table_comment = (\n            "${'z'.repeat(72)}"\n        )`)
    expect(assignment('db_table_comment', text('z'.repeat(80)), '        ')).toBe(`        db_table_comment = "${'z'.repeat(80)}"`)
  })

  it('quotes with fewest backslashes and escapes what cannot be seen', () => {
    expect(pythonString('plain')).toBe('"plain"')
    expect(pythonString("it's")).toBe('"it\'s"')
    expect(pythonString('say "x"')).toBe('\'say "x"\'')
    expect(pythonString(`"both" and 'more'`)).toBe(`"\\"both\\" and 'more'"`)
    expect(pythonString('a\nb\\c\t\u0001\u202e\u00a0é\u{e0001}')).toBe('"a\\nb\\\\c\\t\\x01\\u202e\\xa0é\\U000e0001"')
  })

  it('wraps comments, and no name in one ends it', () => {
    expect(comment(`a\n${'b'.repeat(50)} ${'c'.repeat(50)}`, '    ')).toBe(`    # a ${'b'.repeat(50)}\n    # ${'c'.repeat(50)}`)
  })

  it('counts wide signs as two columns', () => {
    expect([width('abc'), width('表'), width('é'), width('😀')]).toEqual([3, 2, 1, 2])
    expect(flat(operation('-', [atom('a'), operation('-', [atom('b'), atom('c')])]))).toBe('a - (b - c)')
  })
})
