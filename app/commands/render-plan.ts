import type { Dialect } from '../flavor/dialect.ts'
import type { Plan, PlanGroup } from './plan.ts'

/** A plan as a script: each group under a comment line, every statement byte for byte as it runs. Ends with a newline unless there is nothing to do. */
export function renderPlanText(plan: Pick<Plan, 'groups'>, dialect: Dialect): string {
  return plan.groups
    .map(
      (group, index) =>
        `${heading(group, index + 1, plan.groups.length)}\n${dialect.script(group.steps, { isLast: index === plan.groups.length - 1 })}`,
    )
    .join('\n')
}

function heading({ title }: PlanGroup, number: number, of: number): string {
  return `-- ${number} of ${of}: ${oneLine(title)}`
}

/** A name may hold a line break, and a line break would end the comment: written as its code. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
}
