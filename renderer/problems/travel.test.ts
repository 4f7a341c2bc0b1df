import { describe, expect, it } from 'vitest'
import { field, table } from '../../app/model/build.ts'
import { placeOfChange } from './travel.ts'

const doctor = table('doctor', field('id', 'int64', { primaryKey: true }), field('name', 'text'), field('floor', 'int16'))

describe('placeOfChange', () => {
  it.each([
    ['a property of a field', { ...doctor, fields: doctor.fields.map((each) => (each.name === 'name' ? { ...each, comment: 'x' } : each)) }, { tab: 'fields', part: 'doctor.name', property: 'comment' }],
    ['a field that went', { ...doctor, fields: doctor.fields.filter(({ name }) => name !== 'name') }, { tab: 'fields', part: 'doctor.floor' }],
    ['the last field, that went', { ...doctor, fields: doctor.fields.slice(0, 2) }, { tab: 'fields', part: 'doctor.name' }],
    ['the table', { ...doctor, comment: 'x' }, { tab: 'tables', part: null }],
    ['a key', { ...doctor, keys: doctor.keys.map((key) => ({ ...key, name: 'pk' })) }, { tab: 'keys', part: doctor.keys[0]?.id }],
  ])('is %s', (_, after, place) => {
    expect(placeOfChange(doctor, after)).toEqual(place)
  })

  it('is the first field of a table that came', () => {
    expect(placeOfChange(undefined, doctor)).toEqual({ tab: 'fields', part: 'doctor.id' })
  })
})
