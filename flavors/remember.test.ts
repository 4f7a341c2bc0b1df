import { describe, expect, it } from 'vitest'
import { remember, rememberBy } from './remember.ts'

describe('remember', () => {
  it('makes an answer once, also one that is undefined', () => {
    const asked: string[] = []
    const read = remember((text) => {
      asked.push(text)
      return text === 'a' ? 1 : undefined
    })
    expect([read('a'), read('a'), read('b'), read('b'), read('constructor')]).toEqual([1, 1, undefined, undefined, undefined])
    expect(asked).toEqual(['a', 'b', 'constructor'])
  })

  it('holds no more than it may', () => {
    const asked: string[] = []
    const read = remember((text) => asked.push(text), 2)
    for (const text of ['a', 'b', 'a', 'c', 'a']) read(text)
    expect(asked).toEqual(['a', 'b', 'c', 'a'])
  })

  it('keeps the answers of each object of rules apart', () => {
    const read = rememberBy((text: string, { by }: { readonly by: string }) => text + by)
    const [one, other] = [{ by: '1' }, { by: '2' }]
    expect([read('a', one), read('a', other), read('a', one)]).toEqual(['a1', 'a2', 'a1'])
  })
})
