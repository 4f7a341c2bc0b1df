import { describe, expect, it } from 'vitest'
import { sequenceOf, usesSequence } from './sequence-default.ts'

describe('the sequence of a default', () => {
  it('is read from every spelling that servers give', () => {
    const q = { schema: 's', name: 'q' }
    for (const text of ["nextval('s.q')", "nextval('s.q'::regclass)", "NEXTVAL ( 'S.Q' :: regclass )", "nextval(('s.q'::text)::regclass)", "nextval('s.q'::text)", "(nextval('s.q'::regclass))", "pg_catalog.nextval('s.q')"])
      expect({ text, found: sequenceOf(text) }).toEqual({ text, found: q })
  })

  it('keeps quoted names, quotes and dots inside them, and a name without a schema', () => {
    expect(sequenceOf(`nextval('"My Schema"."Q.1""2"'::regclass)`)).toEqual({ schema: 'My Schema', name: 'Q.1"2' })
    expect(sequenceOf(`nextval('it''s_seq')`)).toEqual({ schema: '', name: "it's_seq" })
    expect(sequenceOf(String.raw`nextval(E'public."back\\slash"'::regclass)`)).toEqual({ schema: 'public', name: String.raw`back\slash` })
    expect(sequenceOf(`nextval('zähler')`)).toEqual({ schema: '', name: 'zähler' })
  })

  it('is none where the default is more than the number, or another call', () => {
    for (const text of ["nextval('q') + 1", "'N' || nextval('q')", "currval('q')", 'nextval(q)', "nextval('a.b.c')", "setval('q', 1)", '7', null]) expect(sequenceOf(text)).toBeNull()
  })

  it('is used wherever it is called outside a text', () => {
    expect(usesSequence("'N' || nextval('q')")).toBe(true)
    expect(usesSequence("'nextval(1)'")).toBe(false)
  })
})
