import { describe, expect, it } from 'vitest'
import { field, model, table } from '../../app/model/build.ts'
import { createDocument } from '../../app/model/document.ts'
import { flavors } from '../../flavors/registry.ts'
import { previewOf } from './preview-text.ts'

const good = table('good', field('id', 'int64'))
const bad = table('bad', field('id', 'int64'), field('kind', 'frob'))
const dialects = flavors.map(({ dialect }) => dialect)

describe('the text of a model with a type that nobody knows', () => {
  it.each(dialects)('has every table, and the type as it was typed or the table named: $name', (dialect) => {
    const document = createDocument(model(good, bad))
    const { text, files, findings } = previewOf({ document, opened: null, dialect, command: 'create', tables: document.order, draft: null })
    const all = files === undefined ? text : files.map((file) => file.text).join('\n')
    expect(all.toLowerCase()).toContain('good')
    expect(all.toLowerCase()).toContain('bad')
    expect(findings.some(({ severity }) => severity === 'error')).toBe(true)
  })

  it('costs one line: the rest is what it is with a type that is known', () => {
    const dialect = dialects.find(({ name }) => name === 'postgres')
    if (!dialect) throw new Error('no PostgreSQL')
    const textOf = (type: string): string => {
      const document = createDocument(model(good, table('bad', field('id', 'int64'), field('kind', type))))
      return previewOf({ document, opened: null, dialect, command: 'create', tables: document.order, draft: null }).text
    }
    const [known, unknown] = [textOf('text').split('\n'), textOf('frob').split('\n')]
    expect(unknown.filter((line, at) => line !== known[at])).toEqual(['  "kind" frob'])
  })
})
