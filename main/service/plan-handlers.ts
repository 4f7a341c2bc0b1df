import { createHash } from 'node:crypto'
import type { Api, TargetInfo } from '../../app/api/api.ts'
import { planCommand } from '../../app/commands/plan-command.ts'
import type { Plan } from '../../app/commands/plan.ts'
import { MetaMigrateError } from '../../app/errors.ts'
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
    'plan.make': async ({ target, command, model, selection, options }) => {
      const { url } = targets.get(target)
      const connection = await targets.connect(target)
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
        })
        if (reply.plan !== null) keep(reply.plan, target, url)
        return reply
      } finally {
        await connection.close()
      }
    },
    'plan.run': async ({ hash, target, confirm }) => {
      const known = made.get(hash)
      if (known === undefined || known.target !== target || known.url !== targets.get(target).url)
        throw new MetaMigrateError('PLAN_UNKNOWN', 'This plan is not known any more. Make it again, look at it, then run it.')
      refuseByPolicy(targets.get(target), known.plan, confirm)
      const { runId } = await desk.start(target, (context) => startRun({ ...context, plan: known.plan }))
      made.delete(hash)
      return { runId }
    },
  } satisfies Pick<Api, 'plan.make' | 'plan.run'>
}

/** Whether the person must type the database's name before anything runs on it. */
export const needsConfirm = ({ policy, tag }: Pick<TargetInfo, 'policy' | 'tag'>): boolean => policy === 'confirm' || tag === 'production'

/** Errors: TARGET_READ_ONLY. */
export function refuseReadOnly({ name, policy }: TargetInfo): void {
  if (policy === 'read-only')
    throw new MetaMigrateError('TARGET_READ_ONLY', `${name} is read-only by its policy: nothing is run on it.`, { target: name })
}

function refuseByPolicy(target: TargetInfo, plan: Plan, confirm: string | undefined): void {
  refuseReadOnly(target)
  const database = plan.target.database ?? target.name
  if (needsConfirm(target) && confirm !== database) {
    throw new MetaMigrateError('CONFIRM_NEEDED', `${target.name} asks for the name of its database before anything runs: ${database}.`, {
      database,
    })
  }
}
