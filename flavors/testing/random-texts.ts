import * as fc from 'fast-check'
import { anyValidModel, type ValidModelOptions } from '../../app/model/testing/any-valid-model.ts'
import type { Model } from '../../app/model/model.ts'
import type { TableName } from '../../app/model/shape.ts'
import { answer, asked, cases, questions, reverse, type CaseName, type QuestionName } from '../cases.ts'
import type { Dialect, Operation } from '../flavor.ts'
import { altering, asking, creating, orRefusal, rebuilding, referencing, rendered } from './operations.ts'
import { usableShapes } from './usable-shapes.ts'

/** A text for a judge, and where it comes from. */
export interface Judged {
  readonly text: string
  readonly origin: string
}

/** What a flavor said to a set of models. */
export interface Said {
  readonly texts: readonly Judged[]
  /** How many tables the flavor's own check let through, and of how many. */
  readonly usable: number
  readonly tables: number
  /** Operations that were refused although the check found nothing: `alterColumn FLAVOR_UNSUPPORTED` -> example. */
  readonly refused: ReadonlyMap<string, string>
}

/** How many models a judge reads: `few`, or METAMIGRATE_JUDGE_MODELS where that is more (the full 1,000 by hand). */
export const modelCount = (few: number): number => Math.max(few, Number(process.env['METAMIGRATE_JUDGE_MODELS'] ?? 0))

/** The same random models on each run. */
export const randomModels = (count: number, options: ValidModelOptions = {}): readonly Model[] => fc.sample(anyValidModel(options), { seed: 20261, numRuns: count })

/** Every statement, way back and question of the shared cases. */
export function textsOfCases(dialect: Dialect): readonly Judged[] {
  const lists = (Object.keys(cases) as CaseName[]).flatMap((name) => {
    const [there, back] = [answer(dialect, name), reverse(dialect, name)]
    return [...(typeof there === 'string' ? [] : there), ...(typeof back === 'string' ? [] : back.flatMap((undo) => undo ?? []))].map((text) => ({ text, origin: name as string }))
  })
  const asks = (Object.keys(questions) as QuestionName[]).map((name) => ({ text: asked(dialect, name), origin: name as string }))
  return [...lists, ...asks.filter(({ text }) => text !== 'unsupported' && text !== 'refused')]
}

/** Every statement, there and back, and every question that a flavor has for the models. */
export function textsOfModels(dialect: Dialect, models: readonly Model[]): Said {
  const texts = new Map<string, Judged>()
  const refused = new Map<string, string>()
  let usable = 0
  const add = (text: string, origin: string) => texts.has(text) || texts.set(text, { text, origin })
  models.forEach((model, number) => {
    const shapes = usableShapes(dialect, model)
    usable += shapes.length
    for (const schema of new Set(shapes.map(({ shape }) => shape.schema))) if (schema !== '' && dialect.can.schemas) take({ kind: 'createSchema', schema })
    shapes.forEach((one, place) => {
      const other = shapes[(place + 1) % shapes.length]?.shape ?? one.shape
      const list = [...creating(dialect, one), ...referencing(dialect, one), ...altering(dialect, one, other, number), ...rebuilding(dialect, one, other)]
      for (const operation of [...list, { kind: 'createTable', shape: one.said, references: true } as const, { kind: 'dropTable', shape: one.shape, ifExists: number % 2 === 0 } as const]) take(operation)
      for (const question of asking(one, other, number)) {
        const text = orRefusal(() => dialect.question(question))
        if (typeof text === 'string') add(text, `${question.kind} of model ${number}`)
        else note(question.kind, text, one.shape)
      }
      function note(kind: string, said: { readonly refused: string; readonly message: string }, table: TableName) {
        refused.set(`${kind} ${said.refused}`, `${table.name} of model ${number}: ${said.message}`)
      }
    })
    function take(operation: Operation) {
      const said = rendered(dialect, operation)
      if ('refused' in said) refused.set(`${operation.kind} ${said.refused}`, `model ${number}: ${said.message}`)
      else for (const { text, undo } of said) for (const each of [text, ...(undo ?? [])]) add(each, `${operation.kind} of model ${number}`)
    }
  })
  return { texts: [...texts.values()], usable, tables: models.reduce((sum, { tables }) => sum + tables.length, 0), refused }
}
