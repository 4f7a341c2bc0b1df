import type { CommandName, Plan } from '../../../app/commands/plan.ts'
import { renderPlanText } from '../../../app/commands/render-plan.ts'
import { MetaMigrateError } from '../../../app/errors.ts'
import type { Finding } from '../../../app/model/finding.ts'
import { validateModel } from '../../../app/model/validate.ts'
import { refuseReadOnly } from '../../service/plan-handlers.ts'
import { agree } from '../agree.ts'
import { exit, type ExitCode } from '../exit.ts'
import { dialectOf } from '../flavors.ts'
import { followRun } from '../follow-run.ts'
import type { Io } from '../io.ts'
import type { TargetOptions } from '../options.ts'
import { printJson } from '../output.ts'
import { makePlan } from '../plan.ts'
import { readSource } from '../source.ts'
import { count, hasErrors, tellFindings } from '../text.ts'
import { asFarAsCompared, tellUnmanaged } from '../unmanaged-text.ts'
import { chooseTarget, withWorkspace } from '../workspace.ts'

/** The action of create, backup, delete, restore and redeploy. */
export const deployCommand = (command: CommandName) => async (io: Io, _words: readonly string[], options: TargetOptions): Promise<ExitCode> => {
  const { model, findings, project } = await readSource(options, io)
  tellFindings(findings, model, io)
  refuseInvalid([...findings, ...validateModel(model)])
  return withWorkspace(io, project, async (workspace) => {
    const target = chooseTarget(options.target, workspace, io)
    // What may not be changed says so before anything is asked.
    if (options.dryRun !== true) refuseReadOnly(target)
    const plan = await makePlan(io, workspace, { command, model, target, options })
    if (plan === null) return exit.differences
    const dialect = dialectOf(plan.flavor)
    tellUnmanaged(plan, io, (name) => dialect.display(name))
    const text = renderPlanText(plan, dialect)
    if (options.dryRun === true) {
      if (options.json === true) printJson(io, 'plan', { plan })
      else io.out(text)
      return hasErrors(plan.findings) ? exit.differences : exit.done
    }
    if (hasErrors(plan.findings)) {
      if (options.json === true) printJson(io, 'plan', { plan })
      throw new MetaMigrateError('PLAN_BLOCKED', `Nothing was run: ${blockedBy(plan)}`, { codes: plan.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code) })
    }
    if (stepsOf(plan) === 0) {
      io.say(`Nothing to do: ${count(plan.unchanged.length, 'table')} of ${target.name} ${plan.unchanged.length === 1 ? 'is' : 'are'} as the model says${asFarAsCompared(plan)}.`)
      if (options.json === true) printJson(io, 'plan', { plan })
      return exit.done
    }
    const summary = `${plan.command} on ${target.name} (${plan.target.product ?? plan.flavor}, ${target.tag}): ${count(plan.groups.length, 'transaction')}, ${count(stepsOf(plan), 'statement')}`
    const confirm = await agree(io, { target, database: plan.target.database ?? target.name, text, summary, yes: options.yes === true })
    if (confirm === null) {
      io.say('Nothing was run.')
      return exit.cancelled
    }
    return followRun(io, workspace, { plan, json: options.json === true, start: () => workspace.call('plan.run', { hash: plan.hash, target: target.id, confirm }) })
  })
}

const stepsOf = ({ groups }: Plan): number => groups.reduce((sum, { steps }) => sum + steps.length, 0)

/** A model with a cell that could not be read, or that contradicts itself, says something else than the person means: nothing is made of it. */
function refuseInvalid(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first === undefined) return
  throw new MetaMigrateError('MODEL_INVALID', `Nothing was run, the model has ${count(errors.length, 'error')}: ${first.message}${errors.length > 1 ? ' (validate lists them all)' : ''}`, { codes: [...new Set(errors.map(({ code }) => code))] })
}

/** The errors, with the words that accept those which may be accepted. */
function blockedBy({ findings }: Plan): string {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const losses = [...new Set(errors.map(({ code }) => code).filter((code) => /^MM1\d\d$/.test(code)))]
  const accept = losses.length === 0 ? '' : ` When the loss is meant: --accept ${losses.join(',')} (or --allow-lossy).`
  return `${errors.map(({ code, message }) => `[${code}] ${message}`).join(' ')}${accept}`
}
