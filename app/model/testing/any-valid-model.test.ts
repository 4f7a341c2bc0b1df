import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookupOf, shapeOf } from '../resolve.ts'
import { validateModel } from '../validate.ts'
import { anyValidModel } from './any-valid-model.ts'

const sample = (numRuns: number) => fc.sample(anyValidModel(), { seed: 3, numRuns })

describe('random valid models', () => {
  it('are valid', () => {
    for (const model of sample(1000)) expect(validateModel(model).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('are the same ones for the same seed', () => {
    expect(sample(20)).toEqual(sample(20))
  })

  it('hold every part often: keys, checks, foreign keys, generated fields, indexes of all kinds', () => {
    const shapes = sample(1000).flatMap((model) => model.tables.map((table) => shapeOf(table, lookupOf(model))))
    const share = (has: (shape: (typeof shapes)[number]) => boolean) => shapes.filter(has).length / shapes.length
    expect(share(({ primaryKey }) => primaryKey !== null)).toBeGreaterThan(0.6)
    expect(share(({ references }) => references.length > 0)).toBeGreaterThan(0.3)
    for (const has of [
      (shape) => shape.uniques.length > 0,
      (shape) => shape.checks.length > 0,
      (shape) => shape.indexes.length > 0,
      (shape) => shape.columns.some(({ generated }) => generated !== null),
      (shape) => shape.columns.some(({ identity }) => identity !== null),
      (shape) => (shape.primaryKey?.columns.length ?? 0) > 1,
    ] satisfies ((shape: (typeof shapes)[number]) => boolean)[]) expect(share(has)).toBeGreaterThan(0.05)
    for (const has of [
      (shape) => shape.indexes.some(({ predicate }) => predicate !== ''),
      (shape) => shape.indexes.some(({ parts }) => parts.some(({ column }) => column === null)),
      (shape) => shape.indexes.some(({ include }) => include.length > 0),
      (shape) => shape.references.some(({ deferrable }) => deferrable !== 'no'),
    ] satisfies ((shape: (typeof shapes)[number]) => boolean)[]) expect(shapes.filter(has).length).toBeGreaterThan(3)
  })
})
