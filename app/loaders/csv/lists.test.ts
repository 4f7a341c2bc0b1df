import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyName, anyText } from '../../model/testing/any-type.ts'
import { parseList, parseParts, renderList, renderParts } from './lists.ts'

const anyItem = fc.oneof(
  fc.record({ by: fc.constant('name' as const), name: anyName }),
  fc.record({ by: fc.constant('id' as const), id: fc.stringMatching(/^[a-z0-9]{1,12}$/) }),
)

describe('renderList', () => {
  test('is read back equal for any names', () => {
    fc.assert(
      fc.property(fc.array(anyItem), (items) => {
        expect(parseList(renderList(items))).toEqual(items)
      }),
    )
  })
  test('quotes only what needs it', () => {
    const items = ['id', 'first name', 'a,b', 'x desc', ' y'].map((name) => ({ by: 'name', name }) as const)
    expect(renderList(items)).toBe('id, first name, "a,b", "x desc", " y"')
  })
})

describe('renderParts', () => {
  test('is read back equal for any columns, expressions and orders', () => {
    const item = fc.oneof(anyItem, fc.record({ by: fc.constant('expression' as const), expression: fc.oneof(anyText, anyName) }))
    const part = fc.record({ item, order: fc.constantFrom('asc', 'desc'), nulls: fc.constantFrom('', 'first', 'last') })
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        expect(parseParts(renderParts(parts))).toEqual(parts)
      }),
      { numRuns: 500 },
    )
  })
  test.each(['a,', ',a', '"a', '(a', 'a desc nulls', '"a" b', '=x"'])('does not read %s', (text) => {
    expect(parseParts(text)?.map((each) => each.item.by) ?? null).toEqual(text === 'a desc nulls' || text === '=x"' ? ['name'] : null)
  })
})
