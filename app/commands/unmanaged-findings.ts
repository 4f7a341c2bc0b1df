import { byText, byTableName, foldName, tableKey } from '../diff/names.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { Finding } from '../model/finding.ts'
import type { TableName } from '../model/shape.ts'
import { codes } from './codes.ts'
import type { UnmanagedObject, UnmanagedObjects } from './plan.ts'
import { schemasOf } from './unmanaged.ts'
import type { Unmanaged, UnmanagedTable } from './unmanaged.ts'

/** What only the database has, as the plan holds it: by table, then in a stable order. */
export function unmanagedObjects({ match, tables, alone, dropped }: Unmanaged, unchanged: readonly TableName[], dialect: Dialect): UnmanagedObjects {
  const untouched = new Set(unchanged.map((name) => tableKey(dialect.can, name)))
  // Of a table that nothing is done to, only what the model was not compared with is told: nobody's view or right is in question.
  const told = (one: UnmanagedTable) => objectsOf(one).filter(({ droppable }) => droppable || !untouched.has(tableKey(dialect.can, one.match.after)))
  const inModel = schemasOf(match, dialect)
  const left = alone.filter((table) => !dropped.includes(table)).map(({ shape }) => ({ schema: shape.schema, name: shape.name }))
  const near = left.filter(({ schema }) => inModel.has(foldName(dialect.can, schema)))
  return {
    kept: tables.flatMap((table) => sorted(told(table))),
    gone: tables.flatMap((table) => sorted(goneOf(table))),
    leftAlone: near.toSorted(byTableName),
    elsewhere: left.length - near.length,
  }
}

const sorted = <T extends UnmanagedObject>(objects: readonly T[]): readonly T[] => objects.toSorted((a, b) => byText(a.kind, b.kind) || byText(a.text, b.text))
const nameOf = ({ match: { after } }: UnmanagedTable): TableName => ({ schema: after.schema, name: after.name })

const objectsOf = (one: UnmanagedTable): readonly UnmanagedObject[] => [
  ...one.merged.kept.map((part) => ({ ...part, table: nameOf(one), droppable: true })),
  ...one.settled.kept.map((part) => ({ ...part, table: nameOf(one), droppable: one.settled.droppable.has(part.text) })),
]

const goneOf = (one: UnmanagedTable): UnmanagedObjects['gone'] => [...one.merged.gone, ...one.settled.gone].map((part) => ({ ...part, table: nameOf(one), droppable: false }))

const because = {
  model: ', which the model no longer has',
  asked: ', as asked',
  replaced: ', whose place the model takes',
  with: ', since what it is said of goes',
} as const

/** What a plan says of it: what stays and what goes, once a table; what can do neither, which refuses the plan; tables beside the model's. */
export function unmanagedFindings(unmanaged: Unmanaged, objects: UnmanagedObjects, dialect: Dialect): readonly Finding[] {
  const kept = new Map<string, string[]>()
  for (const { table, text } of objects.kept) kept.set(tableKey(dialect.can, table), [...(kept.get(tableKey(dialect.can, table)) ?? []), text])
  return [...unmanaged.tables.flatMap((one) => tableFindings(one, kept.get(tableKey(dialect.can, one.match.after)) ?? [], dialect)), ...aloneFindings(objects, dialect)]
}

function tableFindings(one: UnmanagedTable, kept: readonly string[], dialect: Dialect): readonly Finding[] {
  const path = { table: one.match.table.id }
  const name = dialect.display(one.match.after)
  const findings: Finding[] = []
  if (kept.length > 0) findings.push({ code: codes.kept, severity: 'info', path, message: `Kept, not in the model: ${kept.join(', ')} of ${name}.` })
  for (const why of ['model', 'asked', 'replaced', 'with'] as const) {
    const gone = sorted(goneOf(one)).flatMap((object) => ('why' in object && object.why === why ? [object.text] : []))
    if (gone.length > 0) findings.push({ code: codes.goes, severity: 'info', path, message: `${name} loses ${gone.join(', ')}${because[why]}.` })
  }
  for (const part of [...one.merged.blocked, ...one.settled.blocked]) {
    const asked = part.name === '' ? part.text : `${part.kind} ${part.name}`
    const message = `${part.text} of ${name} is not in the model, and ${part.why}. Add it to the model, leave the field as it is, or let it go: --drop-unmanaged '${asked}'.`
    findings.push({ code: codes.keptInTheWay, severity: 'error', path, message })
  }
  return findings
}

/** Names told in one finding; more than these are counted. */
const maxNames = 20

function aloneFindings({ leftAlone, elsewhere }: UnmanagedObjects, dialect: Dialect): readonly Finding[] {
  if (leftAlone.length === 0) return []
  const names = leftAlone.slice(0, maxNames).map((name) => dialect.display(name))
  const more = leftAlone.length > maxNames ? ` and ${leftAlone.length - maxNames} more` : ''
  const others = elsewhere === 0 ? '' : ` (and ${elsewhere} in other schemas)`
  return [{ code: codes.leftAlone, severity: 'info', path: {}, message: `Left alone, not in the model: ${names.join(', ')}${more}${others}.` }]
}
