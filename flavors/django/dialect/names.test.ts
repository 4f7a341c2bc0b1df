import { describe, expect, it } from 'vitest'
import { classNamesOf } from './class-names.ts'
import { choiceWord, classWord, fieldWord } from './identifiers.ts'
import { databaseName, databaseTable } from './names.ts'
import { targetOf } from './target.ts'

const target = targetOf({})
const classes = (names: readonly (readonly [string, string])[]) => {
  const list = names.map(([schema, name]) => ({ schema, name }))
  const found = classNamesOf(list, target)
  return list.map((name, at) => found.of(name, list.slice(0, at).filter((one) => one.schema === name.schema && one.name === name.name).length))
}

describe('names of fields', () => {
  it.each([
    ['name', 'name'], ['Full Name', 'full_name'], ['personId', 'person_id'], ['URLPath', 'url_path'], ['ID', 'id'], ['a__b', 'a_b'], ['_x', 'field_x'], ['x_', 'x_field'],
    ['class', 'class_field'], ['None', 'none_field'], ['check', 'check_field'], ['objects', 'objects_field'], ['pk', 'pk_field'], ['models', 'models_field'], ['match', 'match'],
    ['2nd', 'number_2nd'], ['', 'field'], ['%', 'field'], ['größe', 'größe'], ['名前', '名前'], ['ﬁ', 'fi'], ['\u0301x', 'field_\u0301x'], ['a"b', 'a_b'], ['l', 'l_field'], ['__proto__', 'field_proto_field'],
  ])('make %j the field %s', (column, field) => expect(fieldWord(column, true)).toBe(field))

  it('leave id to a key', () => expect(fieldWord('id', false)).toBe('id_field'))
  it('are cut where they are long, each in its own way', () => {
    expect(fieldWord('x'.repeat(60), false)).toMatch(/^x{41}_[0-9a-f]{8}$/)
    expect(fieldWord('x'.repeat(60), false)).not.toBe(fieldWord('x'.repeat(61), false))
  })
})

describe('names of classes', () => {
  it.each([['order_items', 'OrderItems'], ['ORDER_ITEMS', 'OrderItems'], ['orderItem', 'OrderItem'], ['2fa', 'Table2fa'], ['', 'Table'], ['größe', 'Größe'], ['표', '표']])('make %j the class %s', (table, name) => expect(classWord(table)).toBe(name))

  it('differ where tables do, and never hide what Django or Python call so', () => {
    expect(classes([['', 'a_b'], ['', 'a b'], ['', 'A_B'], ['', 'meta'], ['', 'decimal'], ['', 'exception'], ['', 'lower']])).toEqual(['AB', 'AB2', 'AB3', 'MetaModel', 'DecimalModel', 'ExceptionModel', 'LowerModel'])
  })

  it('have their schema before them where it tells them apart', () => {
    expect(classes([['care', 'visit'], ['', 'visit'], ['shop', 'visit'], ['care', 'person'], ['public', 'thing']])).toEqual(['CareVisit', 'Visit', 'ShopVisit', 'Person', 'Thing'])
  })

  it('do not hang on the order of what clashes not', () => {
    expect(classes([['', 'ab_2'], ['', 'ab'], ['', 'ab']])).toEqual(['Ab2', 'Ab', 'Ab3'])
  })
})

describe('names of the database', () => {
  it('are quoted where Django would break them', () => {
    expect(databaseName('plain', target)).toBe('plain')
    expect(databaseName('a"b', target)).toBe('"a""b"')
    expect(databaseName('a`b', targetOf({ database: 'mysql' }))).toBe('`a``b`')
    expect(databaseName('a]b', targetOf({ database: 'mssql' }))).toBe('[a]]b]')
  })

  it('carry the schema in quotes', () => {
    expect(databaseTable({ schema: 'care', name: 'visit' }, target)).toBe('"care"."visit"')
    expect(databaseTable({ schema: 'public', name: 'visit' }, target)).toBe('visit')
    expect(databaseTable({ schema: 'a"b', name: 'c' }, target)).toBe('"a""b"."c"')
    expect(databaseTable({ schema: 'care', name: 'visit' }, targetOf({ database: 'mssql' }))).toBe('[care].[visit]')
    expect(databaseTable({ schema: 'care', name: 'visit' }, targetOf({ database: 'sqlite' }))).toBe('visit')
  })
})

describe('names of choices', () => {
  it.each([['in progress', 'IN_PROGRESS'], ['', 'EMPTY'], ['24h', 'VALUE_24H'], ['表', 'VALUE'], ['é', 'E'], ['i', 'VALUE_I']])('make %j the member %s', (value, member) => expect(choiceWord(value)).toBe(member))
})
