import { resolve } from 'node:path'
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
import { planSummary } from '../plan-summary.ts'
import { makePlan } from '../plan.ts'
import { readSource } from '../source.ts'
import { count, hasErrors, tellFindings, tellRisks } from '../text.ts'
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
    const isIdle = stepsOf(plan) === 0
    const isBlocked = hasErrors(plan.findings)
    const dialect = dialectOf(plan.flavor)
    const text = () => renderPlanText(plan, dialect)
    if (options.dryRun === true && options.json !== true) io.out(text())
    const place = `${plan.command} on ${target.name} (${plan.target.product ?? plan.flavor}, ${target.tag})`
    if (isIdle && !isBlocked) io.say(`Nothing to do: ${count(plan.unchanged.length, 'table')} of ${target.name} ${plan.unchanged.length === 1 ? 'is' : 'are'} as the model says${asFarAsCompared(plan)}.`)
    const summary = isIdle ? '' : `${options.showSql === true && options.dryRun !== true ? `${text()}\n` : ''}${place}:\n${planSummary(plan)}`
    if (summary !== '') io.say(summary)
    tellUnmanaged(plan, io, (name) => dialect.display(name))
    tellRisks(plan.findings, model, io)
    if (options.json === true && (options.dryRun === true || isBlocked || isIdle)) printJson(io, 'plan', { plan })
    if (isBlocked && options.dryRun !== true) io.complain(`${io.style('red', 'error')} [PLAN_BLOCKED] Nothing was run: ${blockedBy(plan)}`)
    if (isBlocked) return exit.differences
    if (options.dryRun === true || isIdle) return exit.done
    if (options.rejects !== undefined || project === null) workspace.service.context.rejectsFolder = resolve(io.cwd, options.rejects ?? '.')
    const confirm = await agree(io, { target, database: plan.target.database ?? target.name, text: '', summary: '', yes: options.yes === true })
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

/** How many errors there are, with the words that accept those which may be accepted, one by one. */
function blockedBy({ findings }: Plan): string {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const losses = errors.flatMap(({ accept }) => accept ?? [])
  const all = [...new Set(losses.map((word) => word.slice(0, word.indexOf(':'))))].join(',')
  const each = losses.length > 5 ? '' : `or one by one: ${losses.map((word) => `--accept ${quoted(word)}`).join(' ')}; `
  const accept = losses.length === 0 ? '' : ` ${losses.length === errors.length ? 'When that is meant' : 'When what is lost is meant, and the rest is mended'}: --accept ${all} (${each}or --allow-lossy).`
  return `${count(errors.length, 'error')} (${[...new Set(errors.map(({ code }) => code))].join(', ')}).${accept}`
}

const quoted = (text: string) => (/^[\w.:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
