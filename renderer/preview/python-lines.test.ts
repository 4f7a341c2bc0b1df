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
  it('finds the field of a line inside of it', () => {
    const fields = [
      { id: 'f1', name: 'full name' },
      { id: 'f2', name: 'clinic_id' },
    ]
    expect(fieldOfLineInPython(text, 7, fields)).toBe('f1')
    expect(fieldOfLineInPython(text, 9, fields)).toBe('f2')
    expect(fieldOfLineInPython(text, 11, fields)).toBeNull()
  })
})
