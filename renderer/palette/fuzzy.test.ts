import { describe, expect, it } from 'vitest'
import { fuzzyFilter, fuzzyScore } from './fuzzy.ts'

describe('fuzzyScore', () => {
  it('wants every letter in order', () => {
    expect(fuzzyScore('rdp', 'Redeploy')).not.toBeNull()
    expect(fuzzyScore('pdr', 'Redeploy')).toBeNull()
  })

  it('ignores case and spaces', () => {
    expect(fuzzyScore('OPEN MOD', 'Open model')).not.toBeNull()
  })
})

describe('fuzzyFilter', () => {
  it('puts a whole word before scattered letters', () => {
    expect(fuzzyFilter('save', ['Show all views', 'Save model', 'Save as'], (text) => text).slice(0, 2)).toEqual(['Save as', 'Save model'])
  })

  it('puts initials before letters inside words', () => {
    expect(fuzzyFilter('oi', ['coin', 'order_items'], (text) => text)[0]).toBe('coin')
    expect(fuzzyFilter('ordit', ['order_items', 'coordinates_it'], (text) => text)[0]).toBe('order_items')
  })

  it('keeps the order when nothing is asked', () => {
    expect(fuzzyFilter('', ['b', 'a'], (text) => text)).toEqual(['b', 'a'])
  })
})
