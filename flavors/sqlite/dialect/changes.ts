import type { Finding } from '../../../app/model/finding.ts'
import type { TableShape } from '../../../app/model/shape.ts'
import type { KeptTable } from '../../flavor.ts'
import { readCreateText, type Clause, type CreateText } from './create-text.ts'
import { isRowidKey, isWithoutRowid } from './facts.ts'
import { keptTableSql } from './kept-table.ts'

/** What a rebuild changes beyond what the model says: clauses that go with the constraint that changes, and numbers of rows. */
export function changes(after: TableShape, kept: KeptTable): readonly Finding[] {
  return [...clauseChanges(after, kept), ...numberChanges(after, kept.shape)]
}

function clauseChanges(after: TableShape, kept: KeptTable): readonly Finding[] {
  const before = readCreateText(kept.texts[0] ?? '')
  if (before === null || unsaidOf(before).length === 0) return []
  const left = readCreateText(keptTableSql(after, kept))
  const stay = left === null ? [] : unsaidOf(left)
  const gone = unsaidOf(before).filter((words) => {
    const at = stay.indexOf(words)
    if (at >= 0) stay.splice(at, 1)
    return at < 0
  })
  if (gone.length === 0) return []
  const message = `${[...new Set(gone)].join('; ')} goes: the model changes the constraint that has it, and cannot say the clause.`
  return [{ code: 'CLAUSE_LOST', severity: 'warning', path: { property: 'key' }, message, flavor: 'sqlite' }]
}

const unsaidOf = ({ items }: CreateText): string[] => items.flatMap(({ clauses }) => clauses.flatMap((clause) => clause.unsaid.map((words) => `${words} of ${placeOf(clause)}`)))

const words: Readonly<Partial<Record<Clause['kind'], string>>> = { primary: 'the primary key', notNull: 'NOT NULL', unique: 'a unique constraint', check: 'a check' }
const placeOf = ({ kind, name, columns }: Clause): string => `${words[kind] ?? 'a constraint'}${name === '' ? '' : ` ${name}`}${columns.length === 0 ? '' : ` (${columns.join(', ')})`}`

/** Full-text indexes and other tables may point at the number of a row, which no column holds. */
function numberChanges(after: TableShape, before: TableShape): readonly Finding[] {
  if (isWithoutRowid(before)) return []
  if (isWithoutRowid(after)) return [lost('The table gets no rowid: its rows have no number any more.')]
  const [key = ''] = after.primaryKey?.columns ?? []
  if (!isRowidKey(after) || (isRowidKey(before) && before.primaryKey?.columns[0] === key)) return []
  return [lost(`${key} becomes the rowid: each row's number, kept apart until now, is its ${key} from then on.`)]
}

const lost = (what: string): Finding => ({
  code: 'ROWID_CHANGED', severity: 'warning', path: { property: 'key' }, flavor: 'sqlite',
  message: `${what} A full-text index over the table (content=) or whatever else points at the old numbers has to be built again.`,
})
