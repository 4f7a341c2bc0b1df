import { describe, expect, it } from 'vitest'
import { field, model, table } from '../model/build.ts'
import type { Model } from '../model/model.ts'
import { mergeModels } from './merge-models.ts'

const doctor = table('doctor', field('id', 'int64', { primaryKey: true }), field('name', 'text'), field('floor', 'int16'))
const visit = table('visit', field('id', 'int64', { primaryKey: true }), field('doctor', 'int64', { references: 'doctor.id' }))
const base = model(doctor, visit)
const set = (of: Model, name: string, field: string, change: object): Model => ({
  ...of,
  tables: of.tables.map((each) => (each.name === name ? { ...each, fields: each.fields.map((one) => (one.name === field ? { ...one, ...change } : one)) } : each)),
})
/** The same model with ids of its own, as a file without ids gives. */
function withOtherIds(of: Model): Model {
  const ids = new Map<string, string>()
  for (const each of of.tables)
    for (const part of [each, ...each.fields, ...each.keys, ...each.references, ...each.indexes, ...each.checks]) ids.set(part.id, `x${ids.size}`)
  const text = JSON.stringify(of)
  return JSON.parse(text.replaceAll(/"(id|table|field)":"([^"]*)"/g, (whole: string, key: string, id: string) => (ids.has(id) ? `"${key}":"${ids.get(id)}"` : whole)).replaceAll(/"(fields|include)":\[("[^\]]*")\]/g, (_: string, key: string, list: string) => `"${key}":[${list.replaceAll(/"([^"]*)"/g, (one: string, id: string) => (ids.has(id) ? `"${ids.get(id)}"` : one))}]`)) as Model
}

describe('mergeModels', () => {
  it.each([
    ['ids of its own', (of: Model) => of],
    ['no ids in the file', withOtherIds],
  ])('takes what one side alone changed: %s', (_, asRead) => {
    const mine = set(base, 'doctor', 'name', { name: 'full_name' })
    const theirs = asRead(set(set(base, 'doctor', 'floor', { comment: 'from 0' }), 'visit', 'doctor', { nullable: false }))
    const merged = mergeModels({ base, mine, theirs })
    expect(merged.conflicts).toEqual([])
    expect(merged.model).toEqual(set(set(mine, 'doctor', 'floor', { comment: 'from 0' }), 'visit', 'doctor', { nullable: false }))
    expect(merged.theirs).toEqual(set(set(base, 'doctor', 'floor', { comment: 'from 0' }), 'visit', 'doctor', { nullable: false }))
  })

  it('changes nothing when the files are as they were', () => {
    const mine = set(base, 'doctor', 'name', { name: 'x' })
    expect(mergeModels({ base, mine, theirs: withOtherIds(base) })).toEqual({ model: mine, theirs: base, conflicts: [] })
    expect(mergeModels({ base, mine: base, theirs: base })).toEqual({ model: base, theirs: base, conflicts: [] })
  })

  it('keeps mine where both changed one property, and names it', () => {
    const merged = mergeModels({ base, mine: set(base, 'doctor', 'name', { comment: 'mine' }), theirs: set(base, 'doctor', 'name', { comment: 'theirs', nullable: false }) })
    expect(merged.model).toEqual(set(base, 'doctor', 'name', { comment: 'mine', nullable: false }))
    expect(merged.conflicts).toEqual(['comment of doctor.name was changed both here and in the files: kept as it is here'])
  })

  it('keeps what one side deleted and the other changed, and deletes what the other left alone', () => {
    const gone = { ...base, tables: [{ ...doctor, fields: doctor.fields.filter(({ name }) => name !== 'floor') }, visit] }
    expect(mergeModels({ base, mine: gone, theirs: base }).model).toEqual(gone)
    expect(mergeModels({ base, mine: base, theirs: gone }).model).toEqual(gone)
    const changed = set(base, 'doctor', 'floor', { comment: 'x' })
    const first = mergeModels({ base, mine: gone, theirs: changed })
    expect([first.model, first.conflicts]).toEqual([changed, ['field doctor.floor was deleted here and changed in the files: kept as it is there']])
    const second = mergeModels({ base, mine: changed, theirs: gone })
    expect([second.model, second.conflicts]).toEqual([changed, ['field doctor.floor was deleted in the files and changed here: kept as it is here']])
  })

  it('has tables and fields that either side added, and takes a field out of the parts that lost it', () => {
    const added = { ...base, tables: [doctor, table('room', field('id', 'int64')), visit] }
    const mine = { ...base, tables: [...base.tables, table('bed', field('id', 'int64'))] }
    expect(mergeModels({ base, mine, theirs: added }).model.tables.map(({ name }) => name)).toEqual(['doctor', 'room', 'visit', 'bed'])
    const indexed = { ...base, tables: [{ ...doctor, indexes: [{ id: 'i', name: 'i', unique: false, method: '', parts: [{ field: 'doctor.floor', expression: '', order: 'asc', nulls: '' }], include: [], predicate: '' }] } as const, visit] }
    const gone = { ...base, tables: [{ ...doctor, fields: doctor.fields.filter(({ name }) => name !== 'floor') }, visit] }
    expect(mergeModels({ base, mine: indexed, theirs: gone }).model).toEqual(gone)
  })
})
