import { describe, expect, it } from 'vitest'
import type { Finding } from '../../app/model/finding.ts'
import { isFlavorOnly, messageAt, worstAt } from './problem-index.ts'

const finding = (severity: Finding['severity'], field: string, property: string, flavor?: string): Finding => ({
  code: 'X',
  severity,
  path: { table: 't', field, property },
  message: `${severity} of ${field}.`,
  ...(flavor === undefined ? {} : { flavor }),
})

const problems = new Map([
  [
    't',
    [
      finding('info', 'a', 'type', 'impala'),
      finding('warning', 'a', 'type', 'impala'),
      finding('error', 'b', 'type', 'impala'),
      finding('warning', 'c', 'name'),
    ],
  ],
])
const at = (part: string) => ({ table: 't', part })

describe('problems of a cell', () => {
  it('are those at its own line and property', () => {
    expect(worstAt(problems, at('a'), 'type')).toBe('warning')
    expect(messageAt(problems, at('a'), 'type')).toBe('info of a. warning of a.')
    expect(worstAt(problems, at('a'), 'name')).toBeNull()
    expect(worstAt(problems, { table: 'other', part: 'a' }, 'type')).toBeNull()
  })

  it('are losses of the flavor alone unless one is an error or holds for every flavor', () => {
    expect(isFlavorOnly(problems, at('a'), 'type')).toBe(true)
    expect(isFlavorOnly(problems, at('b'), 'type')).toBe(false)
    expect(isFlavorOnly(problems, at('c'), 'name')).toBe(false)
  })
})
