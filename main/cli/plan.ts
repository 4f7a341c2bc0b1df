import type { CommandName, Plan } from '../../app/commands/plan.ts'
import type { PlanReply, TargetInfo } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import type { Model } from '../../app/model/model.ts'
import { UsageError } from './exit.ts'
import { refuseIdleAnswers } from './idle-answers.ts'
import type { Io } from './io.ts'
import { nearest } from '../service/nearest.ts'
import { planOptionsOf, selectionOf, type TargetOptions } from './options.ts'
import { tellFindings } from './text.ts'
import type { Workspace } from './workspace.ts'

export interface PlanRequest {
  readonly command: CommandName
  readonly model: Model
  readonly target: TargetInfo
  readonly options: TargetOptions
}

/**
 * The plan for a target. Its findings are not told: they belong next to the question. Null when there is none: renames must be answered first, which are told
 * with the words that answer them, or the flavor cannot say it. Throws UsageError for an answer that names nothing.
 */
export async function makePlan(io: Io, workspace: Workspace, { command, model, target, options }: PlanRequest): Promise<Plan | null> {
  const make = { target: target.id, command, model, selection: selectionOf(options), options: planOptionsOf(options) }
  const reply = await withNearest(() => workspace.withPassword(target, () => workspace.call('plan.make', make)))
  if (reply.isNewFile === true) io.say(`${target.name}: a new file, made when the run starts`)
  refuseIdleAnswers(reply.idle ?? [], reply.findings)
  if (reply.plan === null) tellFindings(reply.findings, model, io)
  for (const { from, to, why } of reply.candidates) {
    io.say(`${io.style('yellow', 'question')} Was ${from} renamed to ${to}? (${why})`)
    io.say(`  yes: --rename ${quoted(`${from}=${to}`)}    no, it is dropped: --no-rename ${quoted(from)}`)
  }
  return reply.plan
}

/** An answer that names nothing is told with the nearest name that there is. */
async function withNearest(make: () => Promise<PlanReply>): Promise<PlanReply> {
  try {
    return await make()
  } catch (error) {
    if (!(error instanceof MetaMigrateError) || error.code !== 'ANSWER_UNKNOWN') throw error
    const { word, known } = error.details
    const names = Array.isArray(known) ? (known as readonly string[]) : []
    const near = typeof word === 'string' ? nearest(word, names, ' Did you mean ') : ''
    throw new UsageError(`${error.message}${near === '' && names.length > 0 ? ` There ${names.length === 1 ? 'is' : 'are'}: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ' ...' : ''}.` : near}`, { cause: error })
  }
}

const quoted = (text: string) => (/^[\w.=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
