import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TableShape } from '../../app/model/shape.ts'
import type { CodeDocument } from '../flavor.ts'
import { describeConformance } from '../testing/conformance.ts'
import { dialect } from './dialect/index.ts'
import { documents } from './testing/documents.ts'
import { answers, questionAnswers } from './testing/golden.ts'

describeConformance(dialect, { answers, reverses: answers, questionAnswers })

function documentOf(shapes: readonly TableShape[], settings: Readonly<Record<string, string>>): CodeDocument {
  const { document } = dialect.withSettings(settings)
  if (document === null) throw new Error('Django writes code')
  return document({ tables: shapes, names: shapes, related: shapes })
}

describe('the models of Django', () => {
  it.each(documents)('are $file to the letter', ({ file, shapes, settings }) => {
    const { files } = documentOf(shapes, settings)
    expect(files).toEqual([{ path: 'models.py', text: readFileSync(join(import.meta.dirname, 'testing', file), 'utf8') }])
  })

  it('are the same bytes each time', () => {
    for (const { shapes, settings } of documents) expect(documentOf(shapes, settings)).toEqual(documentOf(structuredClone(shapes), settings))
  })
})
