import type { CommandName, Plan } from '../../app/commands/plan.ts'
import type { TargetInfo } from '../../app/api/api.ts'
import type { Model } from '../../app/model/model.ts'
import type { Io } from './io.ts'
import { planOptionsOf, selectionOf, type TargetOptions } from './options.ts'
import { tellFindings } from './text.ts'
import type { Workspace } from './workspace.ts'

export interface PlanRequest {
  readonly command: CommandName
  readonly model: Model
  readonly target: TargetInfo
  readonly options: TargetOptions
}

/** The plan for a target, its findings told. Null when renames must be answered first: they are told with the words that answer them. */
export async function makePlan(io: Io, workspace: Workspace, { command, model, target, options }: PlanRequest): Promise<Plan | null> {
  const make = { target: target.id, command, model, selection: selectionOf(options), options: planOptionsOf(options) }
  const reply = await workspace.withPassword(target, () => workspace.call('plan.make', make))
  if (reply.isNewFile === true) io.say(`${target.name}: a new file, made when the run starts`)
  tellFindings(reply.findings, model, io)
  for (const { from, to, why } of reply.candidates) {
    io.say(`${io.style('yellow', 'question')} Was ${from} renamed to ${to}? (${why})`)
    io.say(`  yes: --rename ${quoted(`${from}=${to}`)}    no, it is dropped: --no-rename ${quoted(from)}`)
  }
  return reply.plan
}

const quoted = (text: string) => (/^[\w.=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
