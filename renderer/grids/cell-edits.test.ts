import { describe, expect, it } from 'vitest'
import { field, model, table } from '../../app/model/build.ts'
import { createDocument, type ModelDocument } from '../../app/model/document.ts'
import { countedIds } from '../../app/model/id.ts'
import { deleteLines, insertLines, writeCells } from './cell-edits.ts'
import { fieldsSheet } from './fields-sheet.ts'
import { createRowKeeper, type CellContext } from './sheet.ts'
import { tablesSheet } from './tables-sheet.ts'

const users = table('users', field('id', 'int64', { primaryKey: true }), field('name', 'text'))
const pets = table('pets', field('id', 'int64'), field('owner', 'int64'))

function setUp(document: ModelDocument, sheet = fieldsSheet) {
  const context: CellContext = {
    lookup: (id) => document.table(id),
    names: document.names,
    order: document.order,
    newId: countedIds('new'),
  }
  const rows = createRowKeeper(sheet).rows(document.order.flatMap((id) => document.table(id) ?? []))
  const columns = sheet.columns
  const col = (key: string) => columns.findIndex((column) => column.key === key)
  const read = (row: number, key: string): string => {
    const line = rows[row]
    const owner = line && document.table(line.table)
    return owner && line ? (columns[col(key)]?.read(owner, line.part, context) ?? '') : ''
  }
  const write = (...cells: readonly (readonly [number, string, string])[]) =>
    writeCells(
      { sheet, rows, columns },
      cells.map(([row, key, text]) => ({ cell: { row, col: col(key) }, text })),
      context,
    )
  return { context, rows, read, write, columns }
}

describe('writeCells', () => {
  it('changes a field and takes it back in one step', () => {
    const document = createDocument(model(users))
    const { write, read } = setUp(document)
    const { label, edit } = write([1, 'name', 'full_name'], [1, 'type', 'varchar(100)'], [1, 'nullable', 'no'])
    document.apply(edit, { label })
    expect([read(1, 'name'), read(1, 'type'), read(1, 'nullable')]).toEqual(['full_name', 'varchar(100)', ''])
    document.undo()
    expect(document.table('users')).toEqual(users)
  })

  it('adds a field for the blank line, with every cell of the line', () => {
    const document = createDocument(model(users))
    const { write } = setUp(document)
    document.apply(write([2, 'name', 'born'], [2, 'type', 'date'], [3, 'name', 'email']).edit)
    expect(document.table('users')?.fields.map((each) => each.name)).toEqual(['id', 'name', 'born', 'email'])
    expect(document.table('users')?.fields[2]?.type).toEqual({ kind: 'date' })
  })

  it('makes a table when there is none', () => {
    const document = createDocument(model())
    document.apply(setUp(document).write([0, 'name', 'id']).edit)
    const made = document.table(document.order[0] ?? '')
    expect([made?.name, made?.fields.map((each) => each.name)]).toEqual(['table_1', ['id']])
  })

  it('keeps a text that cannot be read as typed, until it is mended', () => {
    const document = createDocument(model(users))
    const { write, read } = setUp(document)
    document.apply(write([1, 'nullable', 'maybe']).edit)
    expect(read(1, 'nullable')).toBe('maybe')
    document.apply(write([1, 'nullable', 'yes']).edit)
    expect([read(1, 'nullable'), document.table('users')?.fields[1]?.invalid]).toEqual(['yes', {}])
  })

  it('puts fields into the primary key and takes them out', () => {
    const document = createDocument(model(users))
    const { write, read } = setUp(document)
    document.apply(write([1, 'primary', '1']).edit)
    expect([read(0, 'primary'), read(1, 'primary')]).toEqual(['2', '1'])
    document.apply(write([0, 'primary', '']).edit)
    expect([read(0, 'primary'), read(1, 'primary')]).toEqual(['', '1'])
  })

  it('ties a reference to the parent, so that a rename there shows here', () => {
    const document = createDocument(model(users, pets))
    const { write, read } = setUp(document)
    document.apply(write([3, 'reference', 'users.id']).edit)
    document.apply(write([0, 'name', 'user_id']).edit)
    expect(read(3, 'reference')).toBe('users.user_id')
  })

  it('adds a table for the blank line of the tables', () => {
    const document = createDocument(model(users))
    const { write } = setUp(document, tablesSheet)
    document.apply(write([1, 'name', 'pets'], [1, 'comment', 'All of them']).edit)
    expect(document.order.map((id) => [document.table(id)?.name, document.table(id)?.comment])).toEqual([
      ['users', ''],
      ['pets', 'All of them'],
    ])
  })
})

describe('deleteLines', () => {
  it('removes fields of several tables in one step', () => {
    const document = createDocument(model(users, pets))
    const { context, rows } = setUp(document)
    const { label, edit } = deleteLines(
      fieldsSheet,
      [rows[1], rows[2]].flatMap((row) => row ?? []),
      context,
    )
    document.apply(edit, { label })
    expect([document.table('users')?.fields.length, document.table('pets')?.fields.length, label]).toEqual([1, 1, 'Delete 2 fields of users, pets'])
    document.undo()
    expect(document.snapshot().tables).toEqual([users, pets])
  })
})

describe('insertLines', () => {
  it('puts empty lines before the line', () => {
    const document = createDocument(model(users))
    const { context, rows } = setUp(document)
    const line = rows[1]
    if (line) document.apply(insertLines(fieldsSheet, line, 2, context).edit)
    expect(document.table('users')?.fields.map((each) => each.name)).toEqual(['id', '', '', 'name'])
  })
})
