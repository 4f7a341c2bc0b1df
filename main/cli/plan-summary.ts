import { lossWords } from '../../app/commands/count-words.ts'
import type { Plan, PlanTable } from '../../app/commands/plan.ts'
import type { TableName } from '../../app/model/shape.ts'
import { count, table } from './text.ts'

/** Lines of tables that are told one by one; more are told together, so that a plan stays under one screen. */
const mostLines = 12

const nameOf = ({ schema, name }: TableName) => (schema === '' ? name : `${schema}.${name}`)

const words: Readonly<Record<PlanTable['action'], string>> = {
  create: 'create',
  rebuild: 'rebuild, rows copied',
  drop: 'drop',
  backup: 'copy to a backup',
  restore: 'fill from its backup',
}

/** A plan for people: one line a table (what, rows, losses, what is kept), equal lines together, then the totals. */
export function planSummary(plan: Plan): string {
  const tables = plan.groups.filter(({ cleanup }) => !cleanup).flatMap((group) => group.tables)
  const special = tables.filter((one) => remarks(one) !== '')
  const alone = tables.length <= mostLines ? tables : special.slice(0, mostLines)
  const together = tables.filter((one) => !alone.includes(one))
  const rows = [...alone.map(lineOf), ...[...Map.groupBy(together, ({ action }) => action)].map(([action, list]) => togetherLine(action, list))]
  return `${rows.length === 0 ? '' : table(rows.map((row) => [...row]))}${totals(plan, tables)}`
}

const lineOf = (one: PlanTable): readonly string[] => [`  ${one.from !== null && nameOf(one.from) !== nameOf(one.name) ? `${nameOf(one.from)} -> ` : ''}${nameOf(one.name)}`, words[one.action], rowsOf([one]), remarks(one)]

function togetherLine(action: PlanTable['action'], list: readonly PlanTable[]): readonly string[] {
  const special = list.filter((one) => remarks(one) !== '').length
  const names = list.slice(0, 3).map(({ name }) => nameOf(name))
  return [`  ${names.join(', ')}${list.length > 3 ? ` and ${list.length - 3} more` : ''}`, words[action], rowsOf(list), special === 0 ? '' : `${special} of them lose or rename something (--verbose tells)`]
}

function rowsOf(list: readonly PlanTable[]): string {
  const known = list.flatMap(({ rowEstimate }) => rowEstimate ?? [])
  return known.length === 0 ? '' : `about ${count(known.reduce((sum, rows) => sum + rows, 0), 'row')}`
}

function remarks({ renames = [], losses = [] }: PlanTable): string {
  return [...renames.map(({ from, to }) => `${from} -> ${to}`), ...losses.map(lossWords)].join('; ')
}

function totals(plan: Plan, tables: readonly PlanTable[]): string {
  const of = (action: PlanTable['action']) => tables.filter((one) => one.action === action).length
  const parts = ([['create', 'created'], ['rebuild', 'rebuilt'], ['drop', 'dropped'], ['backup', 'backed up'], ['restore', 'filled']] as const).flatMap(([action, word]) => (of(action) === 0 ? [] : [`${of(action)} ${word}`]))
  const steps = plan.groups.reduce((sum, group) => sum + group.steps.length, 0)
  const cleaned = plan.groups.some(({ cleanup }) => cleanup)
  const backup = cleaned ? ' Backups are dropped at the end; after that there is no undo.' : tables.some((one) => one.backup !== null) ? ' Backups are kept.' : ''
  return `In all: ${count(tables.length, 'table')} (${[...parts, ...(plan.unchanged.length === 0 ? [] : [`${plan.unchanged.length} more unchanged`])].join(', ')}), ${count(plan.groups.length, 'transaction')}, ${count(steps, 'statement')}.${backup}`
}
