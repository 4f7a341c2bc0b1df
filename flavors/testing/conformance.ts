import { describe, expect, it } from 'vitest'
import { answer, asked, cases, questions, reverse, type Answers, type CaseName, type QuestionAnswers, type QuestionName, type Reverses } from '../cases.ts'
import type { Dialect } from '../flavor.ts'

export interface Golden {
  readonly answers: Answers
  readonly reverses: Reverses
  readonly questionAnswers: QuestionAnswers
}

/** Compares a dialect with every golden text, there and back. */
export function describeConformance(dialect: Dialect, { answers, reverses, questionAnswers }: Golden): void {
  describe(`conformance of ${dialect.label}`, () => {
    it.each(Object.keys(cases) as CaseName[])('answers %s', (name) => expect(answer(dialect, name)).toEqual(answers[name]))
    it.each(Object.keys(cases) as CaseName[])('takes back %s', (name) => expect(reverse(dialect, name)).toEqual(reverses[name]))
    it.each(Object.keys(questions) as QuestionName[])('asks %s', (name) => expect(asked(dialect, name)).toBe(questionAnswers[name]))
  })
}
