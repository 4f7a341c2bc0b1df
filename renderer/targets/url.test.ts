import { describe, expect, it } from 'vitest'
import { nameOfUrl, splitUrl } from './url.ts'

describe('splitUrl', () => {
  it('takes the password out of a URL and decodes it', () => {
    expect(splitUrl(' postgres://app:s%40cret@db:5433/clinic ')).toEqual({ url: 'postgres://app@db:5433/clinic', password: 's@cret' })
  })

  it('leaves a URL without password as it is', () => {
    expect(splitUrl('postgres://app@db/clinic')).toEqual({ url: 'postgres://app@db/clinic', password: '' })
    expect(splitUrl('sqlite:/home/me/a.db')).toEqual({ url: 'sqlite:/home/me/a.db', password: '' })
  })

  it('keeps a password that is not valid percent code as typed', () => {
    expect(splitUrl('postgres://a:50%@h/d').password).toBe('50%')
  })
})

describe('nameOfUrl', () => {
  it('is the database, or the file without folder and ending', () => {
    expect(nameOfUrl('postgres://app@db:5433/clinic?sslmode=require')).toBe('clinic')
    expect(nameOfUrl('sqlite:/home/me/shop.db')).toBe('shop')
    expect(nameOfUrl('')).toBe('')
  })
})
