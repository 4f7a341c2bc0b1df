import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DataType } from '../../../app/model/data-type.ts'
import { parseType } from '../../../app/model/parse-type.ts'
import { anyType } from '../../../app/model/testing/any-type.ts'
import { targetOf } from './target.ts'
import { canonicalType, typesOf } from './types.ts'

const types = typesOf(targetOf({}))
const native = (type: DataType, settings: Readonly<Record<string, string>> = {}) => {
  const { text, losses } = typesOf(targetOf(settings)).toNative(type)
  return [text, losses.map(({ code, severity }) => `${severity} ${code}`).join(', ')]
}

describe('fields of Django', () => {
  it.each([
    ['bool', 'BooleanField()', ''],
    ['int8', 'SmallIntegerField()', 'info TYPE_WIDENED'],
    ['int16', 'SmallIntegerField()', ''],
    ['int32', 'IntegerField()', ''],
    ['int64', 'BigIntegerField()', ''],
    ['uint8', 'PositiveSmallIntegerField()', 'info TYPE_WIDENED'],
    ['uint16', 'PositiveIntegerField()', 'info TYPE_WIDENED'],
    ['uint32', 'PositiveBigIntegerField()', 'info TYPE_WIDENED'],
    ['uint64', 'DecimalField(max_digits=20, decimal_places=0)', ''],
    ['float32', 'FloatField()', 'info TYPE_WIDENED'],
    ['float64', 'FloatField()', ''],
    ['decimal(10,2)', 'DecimalField(max_digits=10, decimal_places=2)', ''],
    ['decimal(5)', 'DecimalField(max_digits=5, decimal_places=0)', ''],
    ['decimal', 'DecimalField(max_digits=65, decimal_places=30)', 'warning TYPE_NARROWED'],
    ['decimal(2,5)', 'DecimalField(max_digits=5, decimal_places=5)', 'error TYPE_UNSUPPORTED'],
    ['char(3)', 'CharField(max_length=3)', 'info TYPE_WIDENED'],
    ['varchar(80)', 'CharField(max_length=80)', ''],
    ['varchar', 'CharField()', ''],
    ['varchar(0)', 'CharField(max_length=1)', 'error TYPE_UNSUPPORTED'],
    ['text', 'TextField()', ''],
    ['blob', 'BinaryField()', ''],
    ['varbinary(16)', 'BinaryField(max_length=16)', 'info TYPE_WIDENED'],
    ['bit(9)', 'BinaryField(max_length=2)', 'warning TYPE_WIDENED'],
    ['date', 'DateField()', ''],
    ['time', 'TimeField()', ''],
    ['time(3)', 'TimeField()', 'info TYPE_WIDENED'],
    ['timestamp', 'DateTimeField()', 'warning TYPE_TIME_ZONE'],
    ['timestamptz', 'DateTimeField()', ''],
    ['interval', 'DurationField()', 'info TYPE_WIDENED'],
    ['uuid', 'UUIDField()', ''],
    ['json', 'JSONField()', ''],
    ['xml', 'TextField()', 'warning TYPE_WIDENED'],
    ['inet', 'GenericIPAddressField()', 'info TYPE_WIDENED'],
    ['geometry', 'TextField()', 'warning TYPE_NEEDS_EXTENSION'],
    ["enum('a','bcd')", 'CharField(max_length=3, choices=[("a", "a"), ("bcd", "bcd")])', 'info TYPE_WIDENED'],
    ['map(text,int32)', 'JSONField()', 'warning TYPE_WIDENED'],
  ])('%s is models.%s', (spelling, text, losses) => expect(native(parseType(spelling))).toEqual([`models.${text}`, losses]))

  it('hang on version, database and time zone', () => {
    expect(native(parseType('decimal'), { version: '6.1' })).toEqual(['models.DecimalField()', ''])
    expect(native(parseType('decimal'), { version: '6.1', database: 'mssql' })).toEqual(['models.DecimalField(max_digits=38, decimal_places=18)', 'warning TYPE_NARROWED'])
    expect(native(parseType('varchar'), { version: '4.2', database: 'sqlite' })).toEqual(['models.TextField()', 'info TYPE_WIDENED'])
    expect(native(parseType('varchar'), { database: 'sqlite' })).toEqual(['models.CharField()', ''])
    expect(native(parseType('text[]'))).toEqual(['ArrayField(models.TextField())', ''])
    expect(native(parseType('text[]'), { database: 'mysql' })).toEqual(['models.JSONField()', 'warning TYPE_WIDENED'])
    expect(native(parseType('timestamp'), { tz: 'no' })).toEqual(['models.DateTimeField()', ''])
    expect(native(parseType('timestamptz'), { tz: 'no' })).toEqual(['models.DateTimeField()', 'warning TYPE_TIME_ZONE'])
    expect(native({ kind: 'geometry' }, { gis: 'yes' })).toEqual(['gis_models.GeometryField(srid=0, spatial_index=False)', ''])
  })

  it('carry the types of other flavors, and take those of PostgreSQL that Django knows', () => {
    const of = (flavor: string | null, text: string): DataType => ({ kind: 'native', flavor, text })
    expect(native(of('mssql', 'money'))).toEqual(['models.DecimalField(max_digits=19, decimal_places=4)', 'info TYPE_FOREIGN'])
    expect(native(of('postgres', 'tstzrange'))).toEqual(['DateTimeRangeField()', ''])
    expect(native(of('postgres', 'tstzrange'), { database: 'mysql' })).toEqual(['models.TextField()', 'warning TYPE_FOREIGN'])
    expect(native(of('django', 'models.SlugField()'))).toEqual(['models.CharField(max_length=50)', ''])
    expect(native(of('django', '__import__("os")'))).toEqual(['models.TextField()', 'error TYPE_UNKNOWN'])
    expect(native(of(null, 'quux'))).toEqual(['models.TextField()', 'error TYPE_UNKNOWN'])
  })

  it.each([
    ['CharField', { kind: 'varchar', length: null }],
    ['models.CharField(max_length=80, null=True)', { kind: 'varchar', length: 80 }],
    ['models.EmailField()', { kind: 'varchar', length: 254 }],
    ["models.CharField(max_length=2, choices=[('a', 'x'), ('b', 'y')])", { kind: 'enum', name: null, values: ['a', 'b'] }],
    ['models.DecimalField(max_digits=5, decimal_places=2)', { kind: 'decimal', precision: 5, scale: 2 }],
    ['ArrayField(base_field=models.IntegerField(), size=3)', { kind: 'array', element: { kind: 'int32' } }],
    ['models.BigAutoField(primary_key=True)', { kind: 'int64' }],
    ['IntegerRangeField()', { kind: 'native', flavor: 'postgres', text: 'int4range' }],
    ['models.ForeignKey("X", models.CASCADE)', null],
    ['models.CharField(', null],
    ['', null],
    ['constructor', null],
    ['toString()', null],
  ])('%s is read back', (text, type) => expect(types.fromNative(text)).toEqual(type))

  it('are read back as what they keep', () => {
    for (const settings of [{}, { database: 'sqlite', tz: 'no' }, { database: 'mysql', version: '4.2' }]) {
      const target = targetOf(settings)
      fc.assert(
        fc.property(anyType, (type) => {
          const once = canonicalType(type, target)
          expect(canonicalType(once, target)).toEqual(once)
          const { text } = typesOf(target).toNative(once)
          expect(canonicalType(typesOf(target).fromNative(text) ?? { kind: 'native', flavor: null, text }, target)).toEqual(once)
        }),
      )
    }
  })
})
