import type { Dialect } from '../flavor/dialect.ts'
import type { Step } from './plan.ts'

/** A transaction of a plan, or of an undo, as far as its text needs it. */
export interface ScriptGroup {
  readonly title: string
  readonly steps: readonly Pick<Step, 'text'>[]
}

/** A plan as a script: each group under a comment line, every statement byte for byte as it runs. Ends with a newline unless there is nothing to do. */
export function renderPlanText(plan: { readonly groups: readonly ScriptGroup[] }, dialect: Dialect): string {
  return plan.groups
    .map(
      (group, index) =>
        `${heading(group, index + 1, plan.groups.length)}\n${dialect.script(group.steps, { isLast: index === plan.groups.length - 1 })}`,
    )
    .join('\n')
}

function heading({ title }: ScriptGroup, number: number, of: number): string {
  return `-- ${number} of ${of}: ${oneLine(title)}`
}

/** A name may hold a line break, and a line break would end the comment: written as its code. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
}
