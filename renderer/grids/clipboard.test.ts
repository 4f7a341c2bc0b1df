import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseClipboard, parseHtmlTable, planPaste, renderHtmlTable, renderTsv } from './clipboard.ts'
import { extendTo, selectCell } from './selection.ts'

describe('renderTsv', () => {
  it('quotes cells that hold a tab, a line break or a quote', () => {
    expect(renderTsv([['a', 'b\tc', 'say "hi"', 'two\nlines']])).toBe('a\t"b\tc"\t"say ""hi"""\t"two\nlines"')
  })

  it('gives back every block of two columns through parseClipboard', () => {
    const row = fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (block) => {
        expect(parseClipboard(`${renderTsv(block)}\n`, '')).toEqual(block)
      }),
    )
  })
})

describe('parseClipboard', () => {
  it('reads tab separated text with CRLF and one line break at the end', () => {
    expect(parseClipboard('a\tb\r\nc\td\r\n', '')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  it('reads comma separated lines of one width', () => {
    expect(parseClipboard('id,int32\nname,"varchar, long"\n', '')).toEqual([
      ['id', 'int32'],
      ['name', 'varchar, long'],
    ])
  })

  it('keeps a comma inside parentheses and in a single line', () => {
    expect(parseClipboard('decimal(10,2)\ndecimal(12,4)', '')).toEqual([['decimal(10,2)'], ['decimal(12,4)']])
    expect(parseClipboard('red, green', '')).toEqual([['red, green']])
  })

  it('keeps a quote that does not open a cell', () => {
    expect(parseClipboard('5" disk\t"a" b', '')).toEqual([['5" disk', '"a" b']])
  })

  it('reads an HTML table when the text has no columns', () => {
    expect(parseClipboard('', '<table><tr><td>a &amp; b</td><td>c<br>d</td></tr></table>')).toEqual([['a & b', 'c\nd']])
  })

  it('gives nothing for an empty clipboard', () => {
    expect(parseClipboard('', '')).toEqual([])
  })
})

describe('renderHtmlTable', () => {
  it('comes back through parseHtmlTable', () => {
    const block = [
      ['<b>', 'x & "y"'],
      ['', 'two\nlines'],
    ]
    expect(parseHtmlTable(renderHtmlTable(block))).toEqual(block)
  })
})

describe('planPaste', () => {
  const size = { rows: 4, cols: 3 }

  it('fills the selection with one cell', () => {
    const selection = extendTo(selectCell({ row: 0, col: 1 }), { row: 1, col: 2 })
    expect(planPaste([['x']], selection, size).writes.map(({ cell }) => [cell.row, cell.col])).toEqual([
      [0, 1],
      [0, 2],
      [1, 1],
      [1, 2],
    ])
  })

  it('spreads a block from one cell, makes rows and reports columns that do not fit', () => {
    const plan = planPaste(
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      selectCell({ row: 3, col: 2 }),
      size,
    )
    expect(plan).toEqual({
      writes: [
        { cell: { row: 3, col: 2 }, text: 'a' },
        { cell: { row: 4, col: 2 }, text: 'c' },
      ],
      from: { row: 3, col: 2 },
      to: { row: 4, col: 2 },
      newRows: 1,
      droppedColumns: 1,
    })
  })

  it('tiles a selection that is a whole multiple of the block', () => {
    const selection = extendTo(selectCell({ row: 0, col: 0 }), { row: 3, col: 0 })
    expect(planPaste([['a'], ['b']], selection, size).writes.map(({ text }) => text)).toEqual(['a', 'b', 'a', 'b'])
  })
})
