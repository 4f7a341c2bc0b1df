import { describe, expect, it } from 'vitest'
import { fieldOfLineInPython, linesOfFieldInPython } from './python-lines.ts'

const text = `from django.db import models


class Person(models.Model):
    id = models.BigAutoField(primary_key=True)
    full_name = models.CharField(
        max_length=80,
        db_column="full name",
    )
    clinic = models.ForeignKey("Clinic", on_delete=models.CASCADE)

    class Meta:
        db_table = '"care"."person"'


class Clinic(models.Model):
    id = models.BigAutoField(primary_key=True)

    class Meta:
        db_table = "clinic"
`

describe('linesOfFieldInPython', () => {
  it('marks the whole model field, by db_column, by name and by the name of a foreign key', () => {
    expect(linesOfFieldInPython(text, 'person', 'full name')).toEqual([5, 6, 7, 8])
    expect(linesOfFieldInPython(text, 'person', 'clinic_id')).toEqual([9])
    expect(linesOfFieldInPython(text, 'clinic', 'id')).toEqual([16])
    expect(linesOfFieldInPython(text, 'person', 'gone')).toEqual([])
  })
})

describe('fieldOfLineInPython', () => {
  const person = {
    id: 't1',
    name: 'person',
    fields: [
      { id: 'f1', name: 'full name' },
      { id: 'f2', name: 'clinic_id' },
      { id: 'f3', name: 'id' },
    ],
  }
  const clinic = { id: 't2', name: 'clinic', fields: [{ id: 'f4', name: 'id' }] }

  it('finds the field of a line inside of it', () => {
    expect(fieldOfLineInPython(text, 7, [person])).toEqual({ table: 't1', field: 'f1' })
    expect(fieldOfLineInPython(text, 9, [person])).toEqual({ table: 't1', field: 'f2' })
    expect(fieldOfLineInPython(text, 11, [person])).toBeNull()
  })

  it('takes fields of the table of the class, not of another with the same names', () => {
    expect(fieldOfLineInPython(text, 16, [person, clinic])).toEqual({ table: 't2', field: 'f4' })
    expect(fieldOfLineInPython(text, 16, [person])).toBeNull()
  })
})
