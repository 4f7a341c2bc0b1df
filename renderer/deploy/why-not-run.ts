import type { TargetInfo } from '../../app/api/api.ts'
import type { AppState, DeployState } from '../store/state.ts'

/** Why the plan cannot run now; null when it can. */
export function whyNotRun(deploy: DeployState, target: TargetInfo, openQuestions: number, modelErrors: number): string | null {
  const plan = deploy.reply?.plan
  if (deploy.isBusy) return 'The plan is being made.'
  if (target.policy === 'read-only') return 'The policy of this target is read-only.'
  if (openQuestions > 0) return `Answer ${openQuestions === 1 ? 'the question' : `${openQuestions} questions`} about renames first.`
  if (!plan) return deploy.failure ? 'There is no plan.' : 'There is no plan yet.'
  if (plan.groups.length === 0) return 'Nothing to do: the target is as the model wants it.'
  if (modelErrors > 0) return `${modelErrors === 1 ? 'An error' : `${modelErrors} errors`} in the model must be mended first: see Problems.`
  if (plan.findings.some((finding) => finding.severity === 'error')) return 'Errors must be mended or accepted first.'
  const database = plan.target.database ?? target.name
  const needsName = target.policy === 'confirm' || target.tag === 'production'
  return needsName && deploy.confirm !== database ? `Type ${database} to allow it.` : null
}

/** Number of errors in the model that concern this deploy: of every flavor or the target's, in the tables that it names. */
export function modelErrors({ model, view, tasks }: AppState): number {
  const { deploy } = tasks
  const target = tasks.targets.find((each) => each.id === tasks.target)
  const isNamed = (table: string | undefined) => deploy?.scope !== 'shown' || view.tables.includes(table ?? '')
  return model.problems.filter(
    ({ severity, flavor, path }) => severity === 'error' && (flavor === undefined || flavor === target?.flavor) && isNamed(path.table),
  ).length
}
