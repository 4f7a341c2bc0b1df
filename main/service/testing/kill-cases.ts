import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Plan } from '../../../app/commands/plan.ts'
import { resumeRun } from '../../../app/run/resume.ts'
import { undoRun } from '../../../app/run/undo.ts'
import { MetaMigrateError } from '../../../app/errors.ts'
import { inParallel, randomOf, runAndKill } from './kill-harness.ts'
import type { Moment } from './kill-harness.ts'
import { after, before, contents, seed } from './story.ts'
import { schemaOf } from './target.ts'
import type { TestTarget } from './target.ts'
import { workbench } from './workbench.ts'

/** A seeded database that can be had again and again. */
export interface Template {
  readonly target: TestTarget
  /** A copy of it; nobody may be connected to the template. */
  clone(): Promise<TestTarget>
}

export interface KillOptions {
  readonly name: string
  readonly makeTemplate: (prepare: (target: TestTarget) => Promise<void>) => Promise<Template>
  /** Kills at least; every statement boundary is among them. */
  readonly kills: number
  readonly people: number
  readonly deepKills: number
}

/** Prepared once: the plan, how many events it has, and how everything looks before and after. */
interface Stage {
  readonly template: Template
  readonly plan: Plan
  readonly planFile: string
  readonly events: number
  readonly old: { readonly schema: unknown; readonly rows: unknown }
  readonly fresh: { readonly schema: unknown; readonly rows: unknown }
}

async function look(target: TestTarget, names: 'before' | 'after') {
  return { schema: await schemaOf(target), rows: await contents(target, names) }
}

async function makeStage(options: KillOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'metamigrate-kill-'))
  const planFile = join(folder, 'plan.json')
  let plan: Plan | null = null
  let old: Stage['old'] = { schema: null, rows: null }
  const template = await options.makeTemplate(async (target) => {
    const bench = workbench(target)
    await bench.deploy('create', before)
    await seed(target, options.people)
    plan = (await bench.plan('redeploy', after, { accept: ['MM103'] })).plan
    old = await look(target, 'before')
    bench.journal.close()
  })
  if (plan === null) throw new Error('no plan')
  writeFileSync(planFile, JSON.stringify(plan))
  const whole = await template.clone()
  const { events, output } = await runAndKill(
    { flavor: whole.flavor, url: whole.url, folder: whole.folder, action: 'run', planFile, runId: 'whole' },
    null,
  )
  expect(output).toContain('end done')
  const fresh = await look(whole, 'after')
  await whole.dispose()
  return { template, plan, planFile, events, old, fresh }
}

/** A moment behind each statement (nothing happens between the end of one and the start of the next), then random ones inside statements until there are enough. */
function momentsOf(events: number, kills: number, random: () => number): readonly Moment[] {
  const boundaries = Array.from({ length: events / 2 }, (_, index): Moment => ({ kind: 'boundary', event: 2 * index + 2 }))
  const inside = Array.from({ length: Math.max(30, kills - boundaries.length) }, (): Moment => ({
    kind: 'within',
    event: 1 + 2 * Math.floor(random() * (events / 2)),
    delayMs: Math.floor(random() * 6),
  }))
  return [...boundaries, ...inside]
}

/** Resumes or undoes after a kill, and looks whether everything is there. A run that never reached the target left nothing to bring home. */
async function bringHome(stage: Stage, target: TestTarget, runId: string, way: 'resume' | 'undo'): Promise<void> {
  const bench = workbench(target)
  try {
    const state = await recover(bench.context(), runId, way)
    const wanted = state === 'new' ? stage.fresh : stage.old
    expect(await look(target, state === 'new' ? 'after' : 'before'), `run ${runId} after ${way}`).toEqual(wanted)
  } finally {
    bench.journal.close()
  }
}

async function recover(context: Parameters<typeof resumeRun>[1], runId: string, way: 'resume' | 'undo'): Promise<'old' | 'new'> {
  try {
    const run = await (way === 'resume' ? resumeRun(runId, context) : undoRun(runId, context))
    expect(run.error).toBeNull()
    expect(run.state).toBe(way === 'resume' ? 'done' : 'undone')
    return way === 'resume' ? 'new' : 'old'
  } catch (error) {
    if (!(error instanceof MetaMigrateError)) throw error
    if (error.code === 'RUN_NOT_FOUND') return 'old'
    if (error.code === 'RUN_NOT_RESUMABLE' && way === 'resume') return error.message.includes('undone') ? 'old' : 'new'
    if (error.code === 'UNDO_IMPOSSIBLE' && error.message.includes('undone already')) return 'old'
    throw error
  }
}

/** Kills at every statement boundary and inside statements; then kills the recovery too. Each must come home with every row. */
export function killCases(options: KillOptions): void {
  it(`brings every killed redeploy home on ${options.name}, by resume and by undo`, async () => {
    const number = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000)
    const random = randomOf(number)
    const stage = await makeStage(options)
    const moments = momentsOf(stage.events, options.kills, random)
    let killed = 0
    await inParallel(moments, 2, async (moment, index) => {
      const target = await stage.template.clone()
      const runId = `k${index}`
      const order = {
        flavor: target.flavor,
        url: target.url,
        folder: target.folder,
        action: 'run',
        planFile: stage.planFile,
        runId,
      } as const
      const death = await runAndKill(order, moment, index % 4 < 2)
      if (death.killed) killed++
      await bringHome(stage, target, runId, index % 2 === 0 ? 'resume' : 'undo')
      await target.dispose()
    })
    let deep = 0
    await inParallel(
      Array.from({ length: options.deepKills }, (_, index) => index),
      2,
      async (index) => {
        const target = await stage.template.clone()
        const runId = `d${index}`
        const order = { flavor: target.flavor, url: target.url, folder: target.folder, planFile: stage.planFile, runId }
        await runAndKill({ ...order, action: 'run' }, { kind: 'boundary', event: Math.floor(stage.events * (0.3 + random() * 0.69)) })
        const second = await runAndKill(
          { ...order, action: index % 2 === 0 ? 'resume' : 'undo' },
          { kind: 'boundary', event: 1 + Math.floor(random() * 12) },
        )
        if (second.killed) deep++
        await bringHome(stage, target, runId, index % 4 < 2 ? 'resume' : 'undo')
        await target.dispose()
      },
    )
    process.stderr.write(
      `kills on ${options.name}: seed ${number}, ${killed} of ${moments.length} killed (${stage.events / 2} statements), ${deep} of ${options.deepKills} killed again while recovering, rows lost 0\n`,
    )
    expect(killed).toBeGreaterThanOrEqual(options.kills - 10)
    await stage.template.target.dispose()
  })
}

/** Copies a folder into a new one. */
export function copyFolder(from: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'metamigrate-run-'))
  mkdirSync(folder, { recursive: true })
  cpSync(from, folder, { recursive: true })
  return folder
}
