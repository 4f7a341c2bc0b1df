import { describe, expect, it } from 'vitest'
import { isPrivateName, privateNames } from './private-names.ts'

const rules = { identifierComparison: 'exact', defaultSchema: 'public', maxIdentifierLength: 63, identifierUnit: 'bytes' } as const

describe('privateNames', () => {
  it('gives the same name for the same question', () => {
    const name = privateNames(rules, []).make('public', 'users', 'backup')
    expect(name).toMatch(/^users__mm_[0-9a-f]{8}$/)
    expect(privateNames(rules, []).make('public', 'users', 'backup')).toBe(name)
    expect(isPrivateName(rules, name)).toBe(true)
    expect(isPrivateName(rules, 'users__mm_backup')).toBe(false)
  })
  it('avoids names that are taken, in the default schema too, and its own', () => {
    const name = privateNames(rules, []).make('public', 'users', 'backup')
    const others = privateNames(rules, [{ schema: '', name }])
    const second = others.make('public', 'users', 'backup')
    expect(second).not.toBe(name)
    expect(others.make('public', 'users', 'backup')).not.toBe(second)
  })
  it('leaves room below the limit and never cuts inside a character', () => {
    const name = privateNames(rules, []).make('public', '🙂'.repeat(30), 'backup')
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(51)
    expect(name).toMatch(/^(🙂)+__mm_[0-9a-f]{8}$/u)
  })
})
