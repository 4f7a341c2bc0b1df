import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyField, field, model, table } from './build.ts'
import { createDocument } from './document.ts'
import type { Edit } from './edit.ts'
import { countedIds } from './id.ts'
import { randomEdit } from './testing/any-edit.ts'
import { anyName } from './testing/any-type.ts'

const doctor = table('doctor', field('id', 'int64', { primaryKey: true }), field('name', 'text'))
const visit = table('visit', field('id', 'int64', { primaryKey: true }), field('doctor', 'int64', { references: 'doctor.id' }))
const rename = (name: string): Edit => ({ kind: 'field.set', table: 'doctor', changes: [{ field: 'doctor.name', set: { name } }] })

describe('createDocument', () => {
  test('replaces the edited table alone and leaves every other value and the order as they were', () => {
    const document = createDocument(model(doctor, visit))
    const { order } = document
    document.apply(rename('full_name'))
    expect(document.table('doctor')?.fields[1]?.name).toBe('full_name')
    expect(document.table('visit')).toBe(visit)
    expect(document.order).toBe(order)
    expect([document.revision('doctor'), document.revision('visit'), document.revision('none')]).toEqual([2, 1, 0])
  })

  test('undoes to the very start and redoes to the very end, whatever the edits', () => {
    const step = fc.tuple(fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }), anyName, fc.boolean())
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const start = model(doctor, visit)
        const document = createDocument(start)
        const newId = countedIds()
        for (const [numbers, name, merge] of steps) {
          let used = 0
          const edit = randomEdit(document, (below) => (numbers[used++ % 8] ?? 0) % below, newId, name)
          document.apply(edit, { label: edit.kind, history: merge ? 'merge' : 'now' })
        }
        const end = document.snapshot()
        for (const id of document.order) {
          const each = document.table(id)
          if (each !== undefined) expect(document.names.exact(each.schema, each.name)).toContain(id)
        }
        while (document.undo()) expect(document.undoLabel).not.toBe(undefined)
        expect(document.snapshot()).toEqual(start)
        while (document.redo()) expect(document.redoLabel).not.toBe(undefined)
        expect(document.snapshot()).toEqual(end)
      }),
      { numRuns: 300 },
    )
  })

  test('takes a batch as one step, and leaves nothing behind when a part of it fails', () => {
    const document = createDocument(model(doctor, visit))
    document.apply(
      { kind: 'batch', edits: [rename('a'), { kind: 'table.set', table: 'visit', set: { comment: 'x' } }] },
      { label: 'Paste' },
    )
    expect(document.history).toEqual([{ label: 'Paste', done: true }])
    const before = document.snapshot()
    expect(() => document.apply({ kind: 'batch', edits: [rename('b'), { kind: 'table.remove', table: 'none' }] })).toThrow(
      'no table with the id none',
    )
    expect(document.snapshot()).toEqual(before)
    document.undo()
    expect(document.snapshot()).toEqual(model(doctor, visit))
  })

  test('merges the key presses of one cell into one step', () => {
    const document = createDocument(model(doctor, visit))
    for (const text of ['f', 'fu', 'ful']) document.apply(rename(text), { label: 'Rename', history: 'merge', mergeKey: 'doctor.name' })
    document.apply(rename('else'), { label: 'Rename', history: 'merge', mergeKey: 'another cell' })
    expect(document.history).toHaveLength(2)
    document.undo()
    document.undo()
    expect(document.table('doctor')).toEqual(doctor)
  })

  test('is clean again when undo comes back to what was saved', () => {
    const document = createDocument(model(doctor))
    expect(document.isDirty).toBe(false)
    document.apply(rename('a'), { history: 'merge' })
    document.markSaved()
    document.apply(rename('b'), { history: 'merge' })
    expect(document.isDirty).toBe(true)
    document.undo()
    expect([document.isDirty, document.table('doctor')?.fields[1]?.name]).toEqual([false, 'a'])
    document.undo()
    document.apply(rename('c'))
    expect(document.isDirty).toBe(true)
    document.undo()
    expect(document.isDirty).toBe(true)
  })

  test('is dirty or clean by the time its listeners hear of an edit, an undo and a redo', () => {
    const document = createDocument(model(doctor))
    const heard: [boolean, string | null, string | null][] = []
    document.subscribe(() => heard.push([document.isDirty, document.undoLabel, document.redoLabel]))
    document.apply(rename('a'), { label: 'a' })
    document.undo()
    document.redo()
    document.markSaved()
    document.undo()
    document.redo()
    expect(heard).toEqual([
      [true, 'a', null],
      [false, null, 'a'],
      [true, 'a', null],
      [true, null, 'a'],
      [false, 'a', null],
    ])
  })

  test('is saved as it was when the save began, whatever was edited meanwhile', () => {
    const document = createDocument(model(doctor))
    const start = document.savePoint()
    document.apply(rename('a'))
    const first = document.savePoint()
    document.apply(rename('b'))
    document.markSaved(first)
    expect(document.isDirty).toBe(true)
    document.undo()
    expect(document.isDirty).toBe(false)
    document.apply(rename('c'))
    document.markSaved(first)
    document.undo()
    expect(document.isDirty).toBe(false)
    document.undo()
    document.markSaved(start)
    expect(document.isDirty).toBe(false)
    // What was on its way is no longer a step: nothing that undo reaches is on disk.
    document.apply(rename('d'))
    document.markSaved(first)
    expect(document.isDirty).toBe(true)
    document.undo()
    expect(document.isDirty).toBe(true)
  })

  test('stays clean at an edit of nothing', () => {
    const document = createDocument(model(doctor))
    document.apply({ kind: 'batch', edits: [{ kind: 'batch', edits: [] }] })
    expect([document.isDirty, document.undoLabel]).toEqual([false, null])
  })

  test('tells listeners which tables changed and whether the list did', () => {
    const document = createDocument(model(doctor, visit))
    const heard: unknown[] = []
    const stop = document.subscribe((change) => heard.push(change))
    document.apply(rename('a'))
    document.apply({ kind: 'table.remove', table: 'visit' })
    document.undo()
    stop()
    document.apply(rename('b'))
    expect(heard).toEqual([
      { tables: ['doctor'], structure: false },
      { tables: ['visit'], structure: true },
      { tables: ['visit'], structure: true },
    ])
  })

  test('knows which tables refer to a table as references come and go', () => {
    const document = createDocument(model(doctor, visit))
    expect(document.referencing('doctor')).toEqual(['visit'])
    document.apply({ kind: 'field.remove', table: 'visit', fields: ['visit.doctor'] })
    expect(document.referencing('doctor')).toEqual([])
    expect(document.table('visit')?.references).toEqual([])
    document.undo()
    expect(document.referencing('doctor')).toEqual(['visit'])
  })

  test('refuses an id that is taken', () => {
    const document = createDocument(model(doctor))
    expect(() => document.apply({ kind: 'table.add', value: doctor, at: null })).toThrow('already has a table')
    expect(() => document.apply({ kind: 'field.add', table: 'doctor', at: 0, fields: [emptyField('doctor.id', 'x')] })).toThrow(
      'already has a field',
    )
    expect(() => createDocument(model(doctor, doctor))).toThrow('same id')
  })
})
