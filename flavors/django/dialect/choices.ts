import { choiceWord, classWord, free } from './identifiers.ts'
import type { FieldPlan } from './plan.ts'
import { assignment } from './print.ts'
import { text, type Py } from './python.ts'
import { ambiguousNames, classWords, modelAttributes } from './reserved.ts'

/** Name of the choices of a field inside its model: the enum's own, or the field's in CamelCase. */
export function choicesName({ column, name }: FieldPlan, taken: ReadonlySet<string>): string {
  const own = column.type.kind === 'enum' ? column.type.name : null
  const wish = classWord(own === null || own === '' ? name : own.replaceAll(/^.*"\."/g, ''))
  return free(classWords.has(wish) || ambiguousNames.has(wish) ? `${wish}Choices` : wish, (word) => taken.has(word) || modelAttributes.has(word) || classWords.has(word), '')
}

/** A class of choices, indented into its model: one member a value, with a label where Django would make another of the name. */
export function choicesClass(name: string, values: readonly string[], indent: string): string {
  const taken = new Set<string>()
  const members = values.map((value) => {
    const member = free(choiceWord(value), (word) => taken.has(word))
    taken.add(member)
    const label = member.replaceAll('_', ' ').toLowerCase()
    const isPlain = value.toLowerCase().replaceAll('_', ' ') === label
    const both: Py = { kind: 'tuple', items: [text(value), text(value === '' ? '(empty)' : value)] }
    return isPlain ? assignment(member, text(value), `${indent}    `) : bareTuple(member, both, `${indent}    `)
  })
  return `${indent}class ${name}(models.TextChoices):\n${members.join('\n')}`
}

/** `A = "a", "label"`: a tuple that fits on a line stands without parentheses. */
function bareTuple(member: string, pair: Py, indent: string): string {
  const line = assignment(member, pair, indent)
  return line.includes('\n') ? line : line.replace(' = (', ' = ').replace(/\)$/, '')
}
