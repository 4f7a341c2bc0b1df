import { describe, expect, it } from 'vitest'
import { field, model, table } from '../../app/model/build.ts'
import { createDocument } from '../../app/model/document.ts'
import { treeLines } from './tree-lines.ts'

const named = (schema: string, name: string) => ({ ...table(`${schema}${name}`, field('id', 'int32')), schema, name })

describe('treeLines', () => {
  it('lists tables by name without a schema line when the model has no schema', () => {
    const document = createDocument(model(named('', 'b10'), named('', 'b9')))
    expect(treeLines(document, '', new Set()).map((line) => line.name)).toEqual(['b9', 'b10'])
  })

  it('groups by schema, and leaves out the tables of a closed one', () => {
    const document = createDocument(model(named('sales', 'orders'), named('hr', 'people')))
    expect(treeLines(document, '', new Set(['hr'])).map((line) => line.name)).toEqual(['hr', 'sales', 'orders'])
  })

  it('keeps a deleted table in its place among the others, until it is there again', () => {
    const [a, b, c] = [named('', 'a'), named('', 'b'), named('', 'c')]
    const document = createDocument(model(a, b, c))
    const baseline = new Map([a, b, c].map((each) => [each.id, each]))
    const shown = () => treeLines(document, '', new Set(), baseline).map((line) => `${line.kind} ${line.name}`)
    document.apply({ kind: 'table.remove', table: b.id })
    expect(shown()).toEqual(['table a', 'removed b', 'table c'])
    expect(treeLines(document, 'b', new Set(), baseline).map((line) => line.kind)).toEqual(['removed'])
    document.undo()
    expect(shown()).toEqual(['table a', 'table b', 'table c'])
  })

  it('opens every schema for a filter and keeps what matches', () => {
    const document = createDocument(model(named('sales', 'orders'), named('hr', 'people')))
    expect(treeLines(document, 'peo', new Set(['hr'])).map((line) => line.name)).toEqual(['hr', 'people'])
  })
})
