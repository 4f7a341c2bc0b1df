import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookupOf, shapeOf } from '../../../app/model/resolve.ts'
import { anyModel } from '../../../app/model/testing/any-model.ts'
import type { TableShape } from '../../../app/model/shape.ts'
import { clinic, column, id, key, table } from '../testing/clinic.ts'
import { linesWith, shown, written } from '../testing/written.ts'
import { dialect } from './index.ts'

const anyShapes: fc.Arbitrary<readonly TableShape[]> = anyModel.map((model) => model.tables.map((one) => shapeOf(one, lookupOf(model))))
const versions = ['4.2', '5.0', '5.1', '5.2', '6.0', '6.1']

describe('a document', () => {
  it('is a package with a module for each model', () => {
    const { document } = dialect.withSettings({ layout: 'package', app: 'clinic' })
    const files = document?.({ tables: clinic.slice(4), names: clinic, related: clinic }).files ?? []
    expect(files.map(({ path }) => path)).toEqual(['clinic/__init__.py', 'clinic/apps.py', 'clinic/migrations/__init__.py', 'clinic/models/__init__.py', 'clinic/models/ward.py', 'clinic/models/person.py'])
    expect(files[1]?.text).toBe('from django.apps import AppConfig\n\n\nclass ClinicConfig(AppConfig):\n    default_auto_field = "django.db.models.BigAutoField"\n    name = "clinic"\n')
    expect(files[3]?.text).toBe('from .person import Person\nfrom .ward import Ward\n\n__all__ = [\n    "Person",\n    "Ward",\n]\n')
  })

  it('is empty without tables', () => {
    expect(dialect.document?.({ tables: [], names: [], related: [] })).toEqual({ files: [{ path: 'models.py', text: '' }], findings: [] })
  })

  it('says what is lost, with the table', () => {
    const { document } = dialect
    const finding = document?.({ tables: [table('a b', 'x', [id, column('f', { kind: 'float32' })], { primaryKey: key })], names: [], related: [] }).findings.at(-1)
    expect(finding).toEqual({ code: 'TYPE_WIDENED', severity: 'info', path: { property: 'type', column: 'f' }, message: '"a b".x: Django has no single precision: FloatField is a double.', flavor: 'django', table: { schema: 'a b', name: 'x' } })
  })

  it('writes defaults as the version has them', () => {
    const shape = table('', 't', [
      id,
      column('n', { kind: 'int32' }, { default: '007' }),
      column('big', { kind: 'int16' }, { default: '99999' }),
      column('f', { kind: 'float64' }, { default: '1e3' }),
      column('ok', { kind: 'bool' }, { default: '1' }),
      column('d', { kind: 'date' }, { default: "'2020-01-31'" }),
      column('u', { kind: 'uuid' }, { default: 'gen_random_uuid()' }),
      column('at', { kind: 'timestamptz', precision: null }, { default: 'CURRENT_TIMESTAMP' }),
      column('s', { kind: 'text' }, { default: "upper('50%')" }),
      column('raw', { kind: 'blob' }, { default: "x'00ff'" }),
      column('none', { kind: 'text' }, { default: 'NULL' }),
    ], { primaryKey: key })
    const of = (version: string) => written([shape], { version, database: 'sqlite' }).text.match(/(?:db_)?default=.*?(?=,?\n|\)\n)|# Default.*/g)
    expect(of('5.2')).toEqual(['db_default=7', 'db_default=RawSQL("99999", ())', 'db_default=RawSQL("1e3", ())', 'db_default=True', 'db_default=datetime.date(2020, 1, 31)', 'db_default=RawSQL("gen_random_uuid()", ())', 'db_default=Now()', `db_default=RawSQL("upper('50%%')", ())`, 'db_default=b"\\x00\\xff"'].map((one) => expect.stringContaining(one.slice(0, 20)) as string))
    expect(of('4.2')).toEqual(['default=7', '# Default in the database: 99999', '# Default in the database: 1e3', 'default=True', 'default=datetime.date(2020, 1, 31)', 'default=uuid4', 'default=now', "# Default in the database: upper('50%')", 'default=b"\\x00\\xff"'].map((one) => expect.stringContaining(one.slice(0, 20)) as string))
  })

  it('takes what a person may make, the same way each time, for one table as for all', () => {
    fc.assert(
      fc.property(anyShapes, fc.constantFrom(...versions), fc.constantFrom('postgres', 'sqlite', 'mysql', 'mssql'), (shapes, version, database) => {
        const settings = { version, database }
        const { text } = written(shapes, settings)
        expect(written(structuredClone(shapes), settings).text).toBe(text)
        expect(linesWith(text, 'class ').filter((line) => line.endsWith('(models.Model):'))).toHaveLength(shapes.length)
        for (const shape of shapes) expect(dialect.withSettings(settings).check(shape).every(({ flavor }) => flavor === 'django')).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('has a normal form that stays', () => {
    fc.assert(
      fc.property(anyShapes, (shapes) => {
        for (const shape of shapes) expect(dialect.normalize(dialect.normalize(shape))).toEqual(dialect.normalize(shape))
      }),
    )
  })
})

describe('the dialect', () => {
  it('refuses settings that it has not', () => {
    expect(() => dialect.withSettings({ version: '3.2' })).toThrow('django.version is one of 5.2, 4.2, 5.0, 5.1, 6.0, 6.1, not "3.2".')
    expect(() => dialect.withSettings({ app: 'class' })).toThrow('django.app is the name of a Python package')
    expect(() => dialect.withSettings({ app: '../x' })).toThrow('django.app is the name of a Python package')
  })

  it('writes no SQL, and says what does', () => {
    expect(() => dialect.statements({ kind: 'commit' })).toThrow('Django writes models, no statements: use the preview or the export of its code, and the flavor of the database itself for SQL.')
  })

  it('finds names that Django breaks', () => {
    const shape = table('', 'a%b', [id, column('x$y', { kind: 'text' }), column('q"r', { kind: 'text' }), column('', { kind: 'text' })], { primaryKey: key })
    expect(dialect.check(shape).map(shown)).toEqual(['error NAME_REFUSED', 'error NAME_REFUSED x$y', 'warning NAME_FRAGILE q"r', 'error NAME_REFUSED'])
    expect(dialect.check({ ...shape, name: 'b', columns: [id], options: { 'DJANGO.X': '1' } }).map(shown)).toEqual(['warning OPTION_UNKNOWN'])
  })

  it('takes a table by its db_table', () => {
    expect(dialect.names(table('care', 'visit', []))).toEqual([{ key: 'table:"care"."visit"', name: 'visit', what: 'table', part: '' }])
  })
})

describe('two tables of one name', () => {
  it('are two classes, and an error on each', () => {
    const twin = table('', 'twin', [id], { primaryKey: key })
    const found = written([twin, twin, table('public', 'twin', [id], { primaryKey: key })])
    expect(linesWith(found.text, '(models.Model)')).toEqual(['class Twin(models.Model):', 'class Twin2(models.Model):', 'class Twin3(models.Model):'])
    expect(found.findings).toEqual(['error NAME_CLASH', 'error NAME_CLASH', 'error NAME_CLASH'])
  })
})
