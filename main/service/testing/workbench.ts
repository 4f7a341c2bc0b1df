import { createHash } from 'node:crypto'
import type { Model } from '../../../app/model/model.ts'
import type { CommandName, Plan, PlanOptions } from '../../../app/commands/plan.ts'
import { planCommand } from '../../../app/commands/plan-command.ts'
import type { PlanAnswer } from '../../../app/commands/plan-command.ts'
import { defaultOptions } from '../../../app/commands/preview.ts'
import { everything } from '../../../app/commands/selection.ts'
import type { RunContext } from '../../../app/run/context.ts'
import type { RunSummary } from '../../../app/run/report.ts'
import { runPlan } from '../../../app/run/start.ts'
import { openJournal } from '../journal.ts'
import type { JournalFile } from '../journal.ts'
import { processOwner } from '../owner.ts'
import type { TestTarget } from './target.ts'

let lastId = 0

/** SHA-256 in hex. */
export const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A target with a local store and everything that an engine call needs. */
export interface Workbench {
  readonly target: TestTarget
  readonly journal: JournalFile
  context(more?: Partial<RunContext>): RunContext
  plan(command: CommandName, model: Model, options?: Partial<PlanOptions>, tables?: readonly string[]): Promise<PlanAnswer>
  /** Plans and runs; throws when there is no plan or it did not end well. */
  deploy(command: CommandName, model: Model, options?: Partial<PlanOptions>): Promise<{ readonly plan: Plan; readonly run: RunSummary }>
  close(): Promise<void>
}

/** A workbench on a target. */
export function workbench(target: TestTarget): Workbench {
  const journal = openJournal(target.folder)
  const context = (more: Partial<RunContext> = {}): RunContext => ({
    openConnection: () => target.open(),
    journal,
    clock: () => Date.now(),
    newId: () => `run-${process.pid}-${++lastId}`,
    owner: processOwner('test'),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    ...more,
  })
  const plan = async (command: CommandName, model: Model, options: Partial<PlanOptions> = {}, tables: readonly string[] = []) => {
    const connection = await target.open()
    try {
      const selection = tables.length === 0 ? everything : { schemas: [], tables }
      return await planCommand({ command, model, selection, options: { ...defaultOptions, ...options }, connection, url: target.url, hash })
    } finally {
      await connection.close()
    }
  }
  return {
    target,
    journal,
    context,
    plan,
    async deploy(command, model, options) {
      const answer = await plan(command, model, options)
      if (answer.plan === null) throw new Error(`no plan: ${JSON.stringify(answer)}`)
      const run = await runPlan({ ...context(), plan: answer.plan })
      if (run.state !== 'done') throw new Error(`run ${run.state}: ${run.error?.message ?? ''}`)
      return { plan: answer.plan, run }
    },
    async close() {
      journal.close()
      await target.dispose()
    },
  }
}
