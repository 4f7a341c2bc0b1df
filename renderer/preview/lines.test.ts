import { describe, expect, it } from 'vitest'
import { changedLines, fieldOfLine, linesOfField } from './lines.ts'

const text =
  'CREATE TABLE "users" (\n  "id" integer NOT NULL,\n  "name" text\n);\n\nCREATE INDEX "by_name" ON "users" ("name");\n\nCREATE TABLE "pets" (\n  "name" text\n);\n'

describe('changedLines', () => {
  it('names the lines that are new or different', () => {
    expect(changedLines('a\nb\nc', 'a\nB\nc')).toEqual([1])
    expect(changedLines('a\nc', 'a\nb\nc')).toEqual([1])
    expect(changedLines('a\nb', 'a\nb')).toEqual([])
  })
})

describe('linesOfField', () => {
  it('marks the column and the statements that use it, in its own table only', () => {
    expect(linesOfField(text, 'users', 'name')).toEqual([2, 5])
    expect(linesOfField(text, 'pets', 'name')).toEqual([8])
  })

  it('knows the quotes of every flavor', () => {
    expect(linesOfField('CREATE TABLE [dbo].[t] (\n  [a]]b] int,\n  [a] int\n);', 't', 'a]b')).toEqual([1])
    expect(linesOfField('CREATE TABLE `t` (\n  `x y` int,\n  `x` int\n);', 't', 'x')).toEqual([2])
  })

  it('does not take a part of a word for the name', () => {
    expect(linesOfField('CREATE TABLE t (\n  id_old int,\n  id int\n);', 't', 'id')).toEqual([2])
  })
})

describe('fieldOfLine', () => {
  const users = {
    id: 't1',
    name: 'users',
    fields: [
      { id: 'f1', name: 'id' },
      { id: 'f2', name: 'name' },
    ],
  }
  const pets = { id: 't2', name: 'pets', fields: [{ id: 'f3', name: 'name' }] }

  it('finds the field that comes first in the line', () => {
    expect(fieldOfLine(text, 2, [users])).toEqual({ table: 't1', field: 'f2' })
    expect(fieldOfLine(text, 3, [users])).toBeNull()
  })

  it('takes fields of the table that the statement is about, not of another with the same names', () => {
    expect(fieldOfLine(text, 8, [users, pets])).toEqual({ table: 't2', field: 'f3' })
    expect(fieldOfLine(text, 5, [pets, users])).toEqual({ table: 't1', field: 'f2' })
    expect(fieldOfLine(text, 8, [users])).toBeNull()
  })

  it('is of the child where a foreign key names both tables', () => {
    const key = 'ALTER TABLE "pets" ADD FOREIGN KEY ("name") REFERENCES "users" ("name");\n'
    expect(fieldOfLine(key, 0, [users, pets])).toEqual({ table: 't2', field: 'f3' })
  })

  it('does not take the name of the table for a field of the same name', () => {
    const same = { id: 't3', name: 'name', fields: [{ id: 'f4', name: 'name' }] }
    expect(fieldOfLine('CREATE TABLE "name" (\n  "name" text\n);', 0, [same])).toBeNull()
    expect(fieldOfLine('CREATE TABLE "name" (\n  "name" text\n);', 1, [same])).toEqual({ table: 't3', field: 'f4' })
  })
})
