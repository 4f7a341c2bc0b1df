import type { Dialect, Phase, Statement } from '../flavor/dialect.ts'
import type { Operation, Question } from '../flavor/operation.ts'
import type { TableName } from '../model/shape.ts'
import type { Judge, Step } from './plan.ts'

/** Collects the steps of one group, in order, with ids `g1.1`, `g1.2` ... */
export interface StepList {
  readonly steps: readonly Step[]
  /** Statements of an operation. */
  run(operation: Operation, table: TableName | null, change?: StepChange): void
  /** Statements that are made already. */
  add(statements: readonly Statement[], table: TableName | null, change?: StepChange): void
  /** A query (a question, or its text) whose answer is judged; returns the id of its step. */
  ask(question: Question | string, options: { readonly table: TableName; readonly summary: string; readonly judge: Judge }): string
  /** Texts that exist already (of dependents), one step each; `undo` is taken back by the first of them. */
  texts(
    texts: readonly string[],
    options: { readonly table: TableName; readonly summary: string; readonly phase: Phase; readonly undo: readonly string[] },
  ): void
}

/** What a caller may change of each statement of an operation. */
export type StepChange = (statement: Statement, index: number, count: number) => Partial<Pick<Step, 'undo' | 'judge' | 'phase' | 'summary'>>

/** An empty list for the group `group`. */
export function stepList(group: string, dialect: Dialect): StepList {
  const steps: Step[] = []
  const add = (step: Omit<Step, 'id'>) => {
    const id = `${group}.${steps.length + 1}`
    steps.push({ id, ...step })
    return id
  }
  const addAll: StepList['add'] = (statements, table, change) => {
      for (const [index, statement] of statements.entries()) {
        const { text, summary, phase, undo, risk } = statement
        add({
          text,
          summary,
          phase,
          table: nameOf(table),
          risk,
          undo,
          judge: { kind: 'execute' },
          ...change?.(statement, index, statements.length),
        })
      }
    }
  return {
    steps,
    add: addAll,
    run: (operation, table, change) => addAll(dialect.statements(operation), table, change),
    ask: (question, { table, summary, judge }) =>
      add({ text: typeof question === 'string' ? question : dialect.question(question), summary, phase: 'verify', table: nameOf(table), risk: 'none', undo: [], judge }),
    texts(texts, { table, summary, phase, undo }) {
      for (const [index, text] of texts.entries()) {
        add({ text, summary, phase, table: nameOf(table), risk: 'none', undo: index === 0 ? undo : [], judge: { kind: 'execute' } })
      }
    },
  }
}

/** Only the name: a shape given as a name must not put its columns into the plan. */
function nameOf(table: TableName | null): TableName | null {
  return table === null ? null : { schema: table.schema, name: table.name }
}
