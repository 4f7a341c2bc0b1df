import { describe, expect, it } from 'vitest'
import type { ReferenceAction } from '../../../app/model/model.ts'
import type { TableShape } from '../../../app/model/shape.ts'
import { column, id, index, key, reference, table } from '../testing/clinic.ts'
import { linesWith, written } from '../testing/written.ts'

const needed = { nullable: false } as const
const number = { kind: 'int64' } as const
const person = table('', 'person', [id, column('code', { kind: 'varchar', length: 9 }, needed)], { primaryKey: key, uniques: [{ name: '', columns: ['code'] }] })
const child = (columns: TableShape['columns'], more: Partial<TableShape>) => table('', 'visit', [id, ...columns], { primaryKey: key, ...more })

describe('a foreign key', () => {
  it('is named after its parent, and keeps its column', () => {
    const visit = child([column('person_id', number, needed), column('Doctor', number, needed)], { references: [reference('person_id', person), reference('Doctor', person, { onDelete: 'cascade' })] })
    expect(written([person, visit], { managed: 'no' }).text).toContain(
      '    person = models.ForeignKey(\n        Person,\n        on_delete=models.DO_NOTHING,\n        related_name="visit_person_set",\n    )\n' +
        '    doctor = models.ForeignKey(\n        Person,\n        on_delete=models.CASCADE,\n        related_name="visit_doctor_set",\n        db_column="Doctor",\n    )\n',
    )
  })

  it('gives way to a column that has its name', () => {
    const visit = child([column('person_id', number, needed), column('person', { kind: 'text' }, needed)], { references: [reference('person_id', person)] })
    expect(written([person, visit], { managed: 'no' }).text).toContain('    person_id = models.ForeignKey(\n        Person,\n        on_delete=models.DO_NOTHING,\n        db_column="person_id",\n    )\n    person = models.TextField()\n')
  })

  it('is one to one where it is unique or the key', () => {
    const visit = table('', 'visit', [column('id', number, needed), column('other', number)], {
      primaryKey: key, references: [reference('id', person, { onDelete: 'cascade' }), reference('other', person, { onDelete: 'set null' })], indexes: [index(['other'], { unique: true })],
    })
    expect(written([person, visit]).text).toContain(
      '    person = models.OneToOneField(\n        Person,\n        on_delete=models.CASCADE,\n        related_name="visit_person",\n        primary_key=True,\n        db_column="id",\n    )\n' +
        '    other = models.OneToOneField(\n        Person,\n        on_delete=models.SET_NULL,\n        related_name="visit_other",\n        null=True,\n        blank=True,\n        db_column="other",\n    )\n',
    )
  })

  it('names the field it points to where that is not the key', () => {
    const visit = child([column('code', { kind: 'varchar', length: 9 })], { references: [reference('code', person, { parentColumns: ['code'] })] })
    expect(written([visit], { managed: 'no' }, [person, visit]).text).toContain('        "Person",\n        on_delete=models.DO_NOTHING,\n        to_field="code",\n')
  })

  it('says self, and quotes what comes later or is not there', () => {
    const node = table('', 'node', [id, column('up_id', number), column('person_id', number)], { primaryKey: key, references: [reference('up_id', { schema: '', name: 'node' }), reference('person_id', person)] })
    expect(written([node], { managed: 'no' }, [node, person]).text).toContain('models.ForeignKey("self", on_delete=models.DO_NOTHING, null=True, blank=True)\n    person = models.ForeignKey(\n        "Person",\n        on_delete=models.DO_NOTHING,\n        null=True,\n        blank=True,\n    )\n')
    const one = table('', 'one', [id, column('two_id', number, needed)], { primaryKey: key, references: [reference('two_id', { schema: '', name: 'two' })] })
    const two = table('', 'two', [id, column('one_id', number, needed)], { primaryKey: key, references: [reference('one_id', one)] })
    const { text } = written([one, two])
    expect(text).toContain('    one = models.ForeignKey(\n        "One",\n        on_delete=models.DO_NOTHING,\n')
    expect(text).toContain('    two = models.ForeignKey(\n        Two,\n        on_delete=models.DO_NOTHING,\n')
  })

  it.each<[ReferenceAction, string, string, string]>([
    ['no action', 'DO_NOTHING', 'DO_NOTHING', ''],
    ['restrict', 'RESTRICT', 'DO_NOTHING', ''],
    ['cascade', 'CASCADE', 'DB_CASCADE', ''],
    ['set null', 'SET_NULL', 'DB_SET_NULL', ''],
    ['set default', 'SET_DEFAULT', 'DB_SET_DEFAULT', '1'],
    ['set default', 'DO_NOTHING', 'DO_NOTHING', ''],
  ])('%s is %s, and %s from 6.1', (action, before, since, value) => {
    const visit = child([column('person_id', number, { default: value === '' ? null : value })], { references: [reference('person_id', person, { onDelete: action })] })
    expect(written([person, visit]).text).toMatch(new RegExp(`models\\.${before},`))
    expect(written([person, visit], { version: '6.1' }).text).toMatch(new RegExp(`models\\.${since},`))
  })

  it('says when it cannot set null', () => {
    const visit = child([column('person_id', number, needed)], { references: [reference('person_id', person, { onDelete: 'set null', onUpdate: 'cascade' })] })
    expect(written([person, visit])).toMatchObject({ findings: ['warning ON_UPDATE_IGNORED person_id', 'warning ON_DELETE_IGNORED person_id'] })
  })

  it('has the index of the model and no other', () => {
    const columns = [column('person_id', number, needed)]
    const references = [reference('person_id', person)]
    expect(written([person, child(columns, { references })]).text).toContain('person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, db_index=False)\n')
    expect(written([person, child(columns, { references, indexes: [index(['person_id'])] })]).text).toContain('person = models.ForeignKey(Person, on_delete=models.DO_NOTHING)\n\n    class Meta:\n        db_table = "visit"\n')
    expect(written([person, child(columns, { references, indexes: [index(['person_id'], { name: 'mine' })] })]).text).toContain('indexes = [models.Index(fields=["person"], name="mine")]')
  })

  it('takes the type of its parent, which is said', () => {
    const visit = child([column('person_id', { kind: 'int32' }, needed)], { references: [reference('person_id', person)] })
    expect(written([person, visit]).findings).toEqual(['warning TYPE_OF_PARENT person_id'])
  })
})

describe('names on the parent', () => {
  it('are made where a field or another key has them', () => {
    const parent = { ...person, columns: [...person.columns, column('visit', { kind: 'text' })] }
    const visit = child([column('person_id', number, needed)], { references: [reference('person_id', parent)] })
    expect(written([parent, visit]).text).toContain('        related_name="visit_person_set",\n')
  })

  it('hide no attribute of a model', () => {
    const check = table('', 'check', [column('id', number, needed)], { primaryKey: key, references: [reference('id', person)] })
    expect(written([person, check]).text).toContain('related_name="check_person"')
  })

  it('are the same for one table as for all', () => {
    const visit = child([column('a_id', number, needed), column('b_id', number, needed)], { references: [reference('a_id', person), reference('b_id', person)] })
    const all = written([person, visit], { managed: 'no' }).text
    const alone = written([visit], { managed: 'no' }, [person, visit]).text.replaceAll('"Person"', 'Person')
    expect(all.endsWith(alone.slice(alone.indexOf('class Visit')))).toBe(true)
  })
})

describe('what is no ForeignKey', () => {
  it('is plain fields, a comment and a finding', () => {
    const two = table('', 'two', [column('a', number, needed), column('b', number, needed)], { primaryKey: { name: '', columns: ['a', 'b'] } })
    const visit = child([column('a', number), column('b', number), column('c', number), column('d', number)], {
      references: [reference('a', two, { columns: ['a', 'b'], parentColumns: ['a', 'b'] }), reference('c', { schema: 'x', name: 'gone' }), reference('d', two, { parentColumns: ['a'] })],
    })
    const found = written([two, visit])
    expect(found.findings).toEqual(['warning REFERENCE_COMPOSITE a', 'warning REFERENCE_OUTSIDE c', 'warning REFERENCE_NOT_UNIQUE d'])
    expect(found.text).toContain(
      '    # Foreign key (a, b) to two (a, b): Django has none over several fields.\n    # Foreign key (c) to x.gone (id): its table is not in the model.\n' +
        "    # Foreign key (d) to two (a): its target is neither the key nor unique in the\n    # parent's model.\n",
    )
  })
})

describe('a key', () => {
  const link = table('', 'link', [column('person_id', number, needed), column('day', { kind: 'date' }, needed)], { primaryKey: { name: '', columns: ['person_id', 'day'] }, references: [reference('person_id', person)] })

  it('of several fields is a CompositePrimaryKey from 5.2', () => {
    expect(written([person, link]).text).toContain('    pk = models.CompositePrimaryKey("person_id", "day")\n    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, db_index=False)\n')
    expect(written([person, link]).findings).toEqual([])
  })

  it('of several fields is the first of them before, with a unique constraint', () => {
    const found = written([person, link], { version: '5.1' })
    expect(found.findings).toEqual(['error KEY_COMPOSITE'])
    expect(found.text).toContain('    person = models.OneToOneField(Person, on_delete=models.DO_NOTHING, primary_key=True)\n')
    expect(found.text).toContain('fields=["person", "day"],\n                name="link_person_id_day_key",\n')
  })

  it('that is missing is chosen, and said', () => {
    const bare = table('', 'bare', [column('x', number), column('y', number, needed)], { uniques: [{ name: '', columns: ['y'] }] })
    expect(written([bare])).toMatchObject({ findings: ['error KEY_MISSING'] })
    expect(linesWith(written([bare]).text, 'primary_key')).toEqual(['y = models.BigIntegerField(primary_key=True)'])
    const loose = { ...bare, uniques: [] }
    expect(linesWith(written([loose]).text, 'primary_key')).toEqual([])
    expect(linesWith(written([loose], { managed: 'no' }).text, 'primary_key')).toEqual(['x = models.BigIntegerField(primary_key=True)'])
  })

  it('says where makemigrations comes apart', () => {
    const card = table('', 'card', [column('person_id', number, needed)], { primaryKey: { name: '', columns: ['person_id'] }, references: [reference('person_id', person)] })
    const indexed = { ...person, indexes: [index(['code'])] }
    expect(written([indexed, link, card]).findings).toEqual(['warning MIGRATION_ORDER'])
    expect(written([person, link, card]).findings).toEqual([])
  })
})
