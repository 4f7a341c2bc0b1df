import { describe, expect, it } from 'vitest'
import { messageOf } from '../../app/errors.ts'
import { parseAddress } from './address.ts'

describe('parseAddress', () => {
  it.each([
    ['sqlite:dev.db', 'sqlite:/data/dev.db', null],
    ['sqlite:./a b/dev.db', 'sqlite:/data/a b/dev.db', null],
    ['sqlite:/abs/dev.db', 'sqlite:/abs/dev.db', null],
    ['SQLITE:/abs/dev.db', 'sqlite:/abs/dev.db', null],
    ['sqlite::memory:', 'sqlite::memory:', null],
    ['postgres://app@db.example/clinic', 'postgres://app@db.example/clinic', null],
    ['postgres://app:s3cret@db.example:5433/clinic?sslmode=require', 'postgres://app@db.example:5433/clinic?sslmode=require', 's3cret'],
    ['postgres://app:p%40ss%2Fword%25@h/d', 'postgres://app@h/d', 'p@ss/word%'],
    ['postgres://app@h/d?password=s3cret&x=1', 'postgres://app@h/d?x=1', 's3cret'],
  ])('takes %s apart', (text, url, password) => {
    expect(parseAddress(text, '/data')).toMatchObject({ url, password })
  })

  it('keeps a percent sign of the folder as it stands', () => {
    expect(parseAddress('sqlite:a.db', '/tmp/100%41').url).toBe('sqlite:/tmp/100%2541/a.db')
  })

  it.each([
    '',
    'dev.db',
    '/abs/dev.db',
    'sqlite:',
    'postgres://app:s3cret/x@h/d',
    'postgres://app:s3#cret@h/d',
    'postgres://app:12/s3cret@h/d',
    'postgres://app:s3cret%zz@h/d',
    'postgres://a:s3cret@[::1/d',
  ])('refuses "%s" without repeating it', (text) => {
    let message = ''
    try {
      parseAddress(text, '/data')
    } catch (error) {
      message = messageOf(error)
    }
    expect(message).toMatch(/^This is no database address/)
    expect(message).not.toMatch(/s3|cret/)
  })
})
