import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { saveCsvModel } from '../../exporters/csv.ts'
import { saveJsonModel } from '../../exporters/json.ts'
import { countedIds } from '../../model/id.ts'
import type { Model } from '../../model/model.ts'
import { anyModel } from '../../model/testing/any-model.ts'
import { loadJsonModel } from '../json.ts'
import { loadCsvModel } from './load.ts'

const load = (files: ReturnType<typeof saveCsvModel>) => loadCsvModel(files, { newId: countedIds('new'), name: 'model' })
const text = (files: ReturnType<typeof saveCsvModel>) =>
  files.map(({ name, bytes }) => `${name}\n${new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)}`).join('\n')

/** The model as JSON without the layout, which a saved model gets and a made one lacks. */
const bare = ({ name, tables }: Model): string => saveJsonModel({ name, tables })

/** The same without the ids of keys and references, which short forms do not carry. */
const withoutPartIds = ({ name, tables }: Model): string =>
  bare({
    name,
    tables: tables.map((table) => ({
      ...table,
      keys: table.keys.map((key) => ({ ...key, id: '' })),
      references: table.references.map((reference) => ({ ...reference, id: '' })),
    })),
  })

describe('saveCsvModel', () => {
  test('as a directory gives a model back whole, without findings of its own making, and saves it again to the same bytes', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const files = saveCsvModel(model, { kind: 'directory' })
        const loaded = load(files)
        expect(bare(loaded.model)).toBe(bare(model))
        expect(loaded.kind).toBe('directory')
        expect(loaded.findings.filter((finding) => finding.code !== 'TYPE_UNKNOWN')).toEqual([])
        expect(text(saveCsvModel(loaded.model, { kind: 'directory' }))).toBe(text(files))
      }),
      { numRuns: 1000 },
    )
  })

  test('as a single file gives a model back whole, and saves it again to the same bytes', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const files = saveCsvModel(model, { kind: 'single' })
        const loaded = load(files)
        expect(withoutPartIds(loaded.model)).toBe(withoutPartIds(model))
        expect(loaded.kind).toBe('single')
        expect(loaded.findings.filter((finding) => finding.code !== 'TYPE_UNKNOWN')).toEqual([])
        expect(text(saveCsvModel(loaded.model, { kind: 'single' }))).toBe(text(files))
      }),
      { numRuns: 1000 },
    )
  })

  test.each([
    ['utf-16le', ';', '\r\n'],
    ['utf-16be', '\t', '\n'],
    ['utf-8-bom', '|', '\r\n'],
    ['windows-1252', ';', '\r\n'],
  ] as const)('keeps %s, the delimiter %j and the line end %j', (encoding, delimiter, newline) => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const layout = { headers: {}, encoding, delimiter, newline }
        const loaded = load(saveCsvModel({ ...model, layout }, { kind: 'directory' }))
        expect(bare(loaded.model)).toBe(bare(model))
        if (encoding !== 'windows-1252') expect(loaded.model.layout).toMatchObject({ encoding, delimiter })
      }),
      { numRuns: 100 },
    )
  })
})

describe('saveJsonModel', () => {
  test('gives a model back whole, whatever order its properties had', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const json = saveJsonModel(model)
        expect(saveJsonModel(loadJsonModel(json))).toBe(json)
      }),
      { numRuns: 200 },
    )
  })
})
