import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import type { Clause, CreateText, Item } from './create-text.ts'
import { identifier } from './names.ts'
import { defaultSql, expressionSql, typeSql } from './table-sql.ts'

/** What the model wants of a column that is there. */
export interface ColumnEdit {
  readonly after: TableShape
  readonly column: ColumnShape
  /** The column as it is, by its new name. Normal form. */
  readonly from: ColumnShape
  readonly rowid: boolean
  /** Keys, checks and foreign keys that stay. */
  readonly stays: ReadonlySet<Clause>
  /** How an expression of the text reads, after the renames and before. Normal form. */
  readonly expressions: (clause: Clause) => readonly string[]
}

interface Change {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The definition of a column with the clauses that the model changed written anew; every other sign of it stays. */
export function editColumn(now: CreateText, item: Item, edit: ColumnEdit): string {
  const { column } = item
  if (column === null) return now.text.slice(item.start, item.end)
  const end = item.clauses.at(-1)?.end ?? column.typeEnd
  const changes = [...typeChange(column, edit), ...clauseChanges(item, edit), ...additions(item, edit).map((text): Change => ({ start: end, end, text }))]
  let text = ''
  let at = item.start
  for (const change of changes.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const between = now.text.slice(at, change.start)
    // A clause goes with the blanks before it, but for the end of a line: a comment may need it.
    text += change.text === '' ? between.replace(/[ \t]+$/, '') : between
    text += change.text
    at = change.end
  }
  return text + now.text.slice(at, item.end)
}

function typeChange(column: NonNullable<Item['column']>, { after, column: wanted, from, rowid }: ColumnEdit): readonly Change[] {
  if (wanted.declared === column.type && wanted.declared !== undefined) return []
  if (wanted.declared === undefined && JSON.stringify(wanted.type) === JSON.stringify(from.type)) return []
  const text = typeSql(after, wanted, rowid)
  if (text === column.type) return []
  return column.type === '' || text === '' ? [{ start: column.nameEnd, end: column.typeEnd, text: text === '' ? '' : ` ${text}` }] : [{ start: column.typeStart, end: column.typeEnd, text }]
}

const ofTable = new Set(['primary', 'unique', 'check', 'foreign'])

/** Clauses that go: keys and checks that the model no longer has, and what a property that changes was written as. */
function clauseChanges(item: Item, edit: ColumnEdit): readonly Change[] {
  const changed = changesOf(item, edit)
  const goes = (clause: Clause) => (ofTable.has(clause.kind) ? !edit.stays.has(clause) : changed.has(clause.kind) || (clause.kind === 'null' && changed.has('notNull')))
  return item.clauses.filter(goes).map(({ start, end }) => ({ start, end, text: '' }))
}

function changesOf(item: Item, { column, from, expressions }: ColumnEdit): ReadonlySet<string> {
  const generated = item.clauses.find(({ kind }) => kind === 'generated')
  const isSame = column.generated === null ? generated === undefined : generated !== undefined && from.generated !== null && from.generated.stored === column.generated.stored && expressions(generated).includes(column.generated.expression)
  return new Set([
    ...(column.nullable === from.nullable ? [] : ['notNull']),
    ...(column.default === from.default ? [] : ['default']),
    ...(column.collation.toLowerCase() === from.collation.toLowerCase() ? [] : ['collate']),
    ...(isSame ? [] : ['generated']),
  ])
}

function additions(item: Item, edit: ColumnEdit): readonly string[] {
  const { column } = edit
  const changed = changesOf(item, edit)
  return [
    ...(changed.has('collate') && column.collation !== '' ? [` COLLATE ${identifier(column.collation)}`] : []),
    ...(changed.has('notNull') && !column.nullable ? [' NOT NULL'] : []),
    ...(changed.has('default') && column.default !== null ? [` DEFAULT ${defaultSql(column.default)}`] : []),
    ...(changed.has('generated') && column.generated !== null ? [` GENERATED ALWAYS AS (${expressionSql(column.generated.expression)}) ${column.generated.stored ? 'STORED' : 'VIRTUAL'}`] : []),
  ]
}
