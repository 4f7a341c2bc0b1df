import { createHash } from 'node:crypto'
import type { Api, TargetInfo } from '../../app/api/api.ts'
import { planCommand } from '../../app/commands/plan-command.ts'
import type { Plan } from '../../app/commands/plan.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import type { Finding } from '../../app/model/finding.ts'
import { startRun } from '../../app/run/start.ts'
import { withChoices } from './chosen-dialect.ts'
import type { ServiceContext } from './context.ts'

/** Plans kept for running; the oldest goes first. */
const maxPlans = 50

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Plans for live targets: made here, shown there, run from here. */
export function planHandlers(context: ServiceContext) {
  const { targets, desk } = context
  // By address as well: what a name of a project stands for changes with the project.
  const made = new Map<string, { readonly plan: Plan; readonly target: string; readonly url: string }>()
  const keep = (plan: Plan, target: string, url: string) => {
    made.delete(plan.hash)
    made.set(plan.hash, { plan, target, url })
    const [oldest] = made.keys()
    if (made.size > maxPlans && oldest !== undefined) made.delete(oldest)
  }
  return {
    'plan.make': async ({ target, command, model, selection, options, mayBeNew = true }) => {
      const info = targets.get(target)
      const { url } = info
      const isNew = mayBeNew && (command === 'create' || command === 'redeploy') && targets.isMissing(target)
      const connection = await targets.connect(target, { missing: isNew ? 'empty' : 'refuse' })
      try {
        const loaded = await context.loaded.of(url)
        const reply = await planCommand({
          command,
          model,
          selection,
          options,
          connection: withChoices(connection, context.project),
          url,
          hash: sha256,
          loaded,
          notes: notesOf(info),
        })
        if (reply.plan !== null) keep(reply.plan, target, url)
        return isNew ? { ...reply, isNewFile: true } : reply
      } finally {
        await connection.close()
      }
    },
    'plan.run': async ({ hash, target, confirm }) => {
      const known = made.get(hash)
      if (known === undefined || known.target !== target || known.url !== targets.get(target).url)
        throw new MetaMigrateError('PLAN_UNKNOWN', 'This plan is not known any more. Make it again, look at it, then run it.')
      refuseByPolicy(targets.get(target), known.plan.target.database, confirm)
      const { runId } = await desk.start(target, (context) => startRun({ ...context, plan: known.plan }), 'make')
      made.delete(hash)
      return { runId }
    },
  } satisfies Pick<Api, 'plan.make' | 'plan.run'>
}

/** Whether the person must type the database's name before anything runs on it. */
export const needsConfirm = ({ policy, tag }: Pick<TargetInfo, 'policy' | 'tag'>): boolean => policy === 'confirm' || tag === 'production'

/** Errors: TARGET_READ_ONLY. */
export function refuseReadOnly(target: TargetInfo): void {
  const { name, policy } = target
  if (policy === 'read-only')
    throw new MetaMigrateError('TARGET_READ_ONLY', `${name} is read-only by its policy: nothing is run on it.${stricterText(target)}`, { target: name })
}

/** Errors: TARGET_READ_ONLY, CONFIRM_NEEDED. */
export function refuseByPolicy(target: TargetInfo, name: string | null, confirm: string | undefined): void {
  refuseReadOnly(target)
  const database = name ?? target.name
  if (needsConfirm(target) && confirm !== database) {
    throw new MetaMigrateError('CONFIRM_NEEDED', `${target.name} asks for the name of its database before anything runs: ${database}.${stricterText(target)}`, {
      database,
    })
  }
}

/** Who says more of a database than its own entry does; '' when nobody does. */
export function stricterText({ stricter, tag, policy }: TargetInfo): string {
  if (stricter === undefined) return ''
  const what = [...(tag === stricter.ownTag ? [] : [`tagged ${tag}`]), ...(policy === stricter.ownPolicy ? [] : [`under the policy ${policy}`])]
  return ` It is ${what.join(' and ')} by ${stricter.because}: the stricter holds.`
}

function notesOf(target: TargetInfo): readonly Finding[] {
  const text = stricterText(target)
  return text === '' ? [] : [{ code: 'TARGET_STRICTER', severity: 'warning', path: {}, message: `${target.name}:${text}` }]
}
