import { MetaMigrateError } from '../errors.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { WayOut } from '../flavor/operation.ts'
import type { PlanOptions } from './plan.ts'
import { isNamed, subjectOf, wordOf } from './subject.ts'
import type { TableWork } from './work.ts'

/** A way out as it is written after `--on-fail FIELD=`: `null`, `default`, `reject`, `sql:EXPRESSION`. Null: it is none of these. */
export function readWayOut(text: string): WayOut | null {
  if (text === 'null' || text === 'default' || text === 'reject') return { kind: text }
  return text.startsWith('sql:') && text.length > 4 ? { kind: 'sql', expression: text.slice(4) } : null
}

/** The works with what was chosen for values that do not fit. Errors: ANSWER_UNKNOWN for a field that is not copied, ANSWER_REFUSED for a way that it does not have. */
export function chooseWaysOut(works: readonly TableWork[], chosen: PlanOptions['onFail'], dialect: Dialect): readonly TableWork[] {
  if (chosen === undefined || chosen.length === 0) return works
  if (!dialect.can.measuresRows)
    throw new MetaMigrateError('ANSWER_REFUSED', `${dialect.label} is text only here: what becomes of values that do not fit cannot be chosen for it.`, { flavor: dialect.name })
  const used = new Set<string>()
  const made = works.map((work) => ({
    ...work,
    copy: work.copy.map((pair) => {
      if (pair.from === null || pair.to.generated !== null || (work.action !== 'rebuild' && work.action !== 'restore')) return pair
      const answer = chosen.findLast(({ field }) => isNamed(subjectOf(work, pair.to.name, oldName(work, pair.from?.name ?? '')), field, dialect))
      if (answer === undefined) return pair
      used.add(answer.field)
      refuse(answer.field, answer.way, pair.to)
      return { ...pair, wayOut: answer.way }
    }),
  }))
  const idle = chosen.find(({ field }) => !used.has(field))
  if (idle === undefined) return made
  const known = works.flatMap((work) => work.copy.flatMap(({ from, to }) => (from === null ? [] : [wordOf(subjectOf(work, to.name), dialect)])))
  throw new MetaMigrateError('ANSWER_UNKNOWN', `No field that this plan copies is called ${idle.field}.`, { word: idle.field, known: known.slice(0, 1000) })
}

function refuse(field: string, way: WayOut, to: { readonly nullable: boolean; readonly default: string | null }): void {
  const refused = (why: string) => new MetaMigrateError('ANSWER_REFUSED', `${field}: ${why} Choose reject or sql:EXPRESSION.`, { field })
  if (way.kind === 'null' && !to.nullable) throw refused('it takes no NULL, so its values cannot become NULL.')
  if (way.kind === 'default' && to.default === null) throw refused('it has no default.')
}

function oldName({ before, moved }: TableWork, name: string): string {
  const at = moved?.columns.findIndex((column) => column.name === name) ?? -1
  return before?.columns[at]?.name ?? name
}
