import { readFileSync, writeSync } from 'node:fs'
import type { RunEvent } from '../../../app/run/report.ts'
import type { Plan } from '../../../app/commands/plan.ts'
import { resumeRun } from '../../../app/run/resume.ts'
import { runPlan } from '../../../app/run/start.ts'
import { undoRun } from '../../../app/run/undo.ts'
import { openJournal } from '../journal.ts'
import { processOwner } from '../owner.ts'
import { opener } from './target.ts'

/** What the child is told, as JSON in its first argument. */
export interface KillOrder {
  readonly flavor: string
  readonly url: string
  readonly folder: string
  readonly action: 'run' | 'resume' | 'undo'
  readonly planFile: string
  readonly runId: string
  /** Number of the event at which it stands still and waits for its death; null: it never does. */
  readonly stopAt: number | null
}

/** Numbers each start and end of a statement, says it on stdout, and stands still at the one it was told. */
function teller(stopAt: number | null): (event: RunEvent) => void {
  let number = 0
  const forever = new Int32Array(new SharedArrayBuffer(4))
  return (event) => {
    if (event.kind !== 'step.started' && event.kind !== 'step.ended') return
    number++
    writeSync(1, `${number} ${event.kind}\n`)
    if (number === stopAt) Atomics.wait(forever, 0, 0)
  }
}

async function obey(order: KillOrder): Promise<string> {
  const context = {
    openConnection: await opener(order.flavor, order.url),
    journal: openJournal(order.folder),
    clock: () => Date.now(),
    newId: () => order.runId,
    owner: processOwner('test'),
    wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    emit: teller(order.stopAt),
  }
  if (order.action === 'resume') return (await resumeRun(order.runId, context)).state
  if (order.action === 'undo') return (await undoRun(order.runId, context)).state
  const plan = JSON.parse(readFileSync(order.planFile, 'utf8')) as Plan
  return (await runPlan({ ...context, plan })).state
}

const state = await obey(JSON.parse(process.argv[2] ?? '{}') as KillOrder)
writeSync(1, `end ${state}\n`)
