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
  it('finds the field that comes first in the line', () => {
    const fields = [
      { id: 'f1', name: 'id' },
      { id: 'f2', name: 'name' },
    ]
    expect(fieldOfLine(text, 2, fields)).toBe('f2')
    expect(fieldOfLine(text, 3, fields)).toBeNull()
  })
})
