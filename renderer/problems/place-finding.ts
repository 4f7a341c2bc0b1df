import type { Finding, FindingPath } from '../../app/model/finding.ts'
import type { Id, Table } from '../../app/model/model.ts'
import { primaryKeyOf } from '../../app/model/resolve.ts'
import { fieldsSheet } from '../grids/fields-sheet.ts'
import { indexesSheet } from '../grids/part-sheets.ts'
import { tablesSheet } from '../grids/tables-sheet.ts'
import type { Sheet } from '../grids/sheet.ts'

const kinds = ['keys', 'references', 'indexes', 'checks'] as const
type Kind = (typeof kinds)[number]

/** A key, reference, index or check with the list it stands in. */
interface Part {
  readonly kind: Kind
  readonly id: Id
  readonly name: string
}

/** What a property is about; a property that is not here may be about any part. */
const kindOf: Readonly<Record<string, Kind>> = {
  key: 'keys',
  reference: 'references',
  check: 'checks',
  index: 'indexes',
  columns: 'indexes',
  nulls: 'indexes',
}

/** The cells of an index that say what a dialect calls otherwise. */
const indexProperty: Readonly<Record<string, string>> = { index: 'fields', columns: 'fields', nulls: 'fields' }

const shownIn = (sheet: Sheet): ReadonlySet<string> => new Set(sheet.columns.map(({ property }) => property))
const fieldProperties = shownIn(fieldsSheet)
const indexProperties = shownIn(indexesSheet)
const tableProperties = shownIn(tablesSheet)

const partsOf = (table: Table, kind: Kind): readonly Part[] => table[kind].map(({ id, name }) => ({ kind, id, name }))

/** Findings of a dialect, which knows names, at the cells that show what they are about. `check`: what the dialect finds in a table. */
export function placeFindings(table: Table, found: readonly Finding[], check: (table: Table) => readonly Finding[]): readonly Finding[] {
  const unnamed = unnamedParts(table, check)
  return found.map((finding) => ({ ...finding, path: place(table, finding, unnamed) }))
}

type FindPart = (finding: Finding) => Part | undefined

function place(table: Table, finding: Finding, unnamed: FindPart): FindingPath {
  const { property = 'name', column, part: partName = column } = finding.path
  if (partName === undefined) return placeInTable(table, property)
  const kind = kindOf[property]
  const field = table.fields.find(({ name }) => name !== '' && name === column)
  const named = candidates(table, property).find(({ name }) => name !== '' && name === partName)
  // An index or a check may be called as a field is; a key or a reference is told by its field.
  const part =
    kind === 'indexes' || kind === 'checks' || field === undefined ? (named ?? (partName === '' ? unnamed(finding) : undefined)) : undefined
  if (part !== undefined) return placeOfPart(table, part, property)
  return field === undefined
    ? placeInTable(table, property)
    : { table: table.id, field: field.id, property: fieldProperty(table, field.id, property) }
}

const candidates = (table: Table, property: string): readonly Part[] => {
  const kind = kindOf[property]
  return kind === undefined ? kinds.flatMap((each) => partsOf(table, each)) : partsOf(table, kind)
}

/** Keys and references are seen in the sheet of fields, at their first field; their names in sheets of their own. Checks have no sheet. */
function placeOfPart(table: Table, { kind, id }: Part, property: string): FindingPath {
  if (kind === 'checks') return placeInTable(table, property)
  if (kind === 'indexes') {
    const shown = indexProperty[property] ?? property
    return { table: table.id, part: id, property: indexProperties.has(shown) ? shown : 'name' }
  }
  const fields = [...table.keys, ...table.references].find((each) => each.id === id)?.fields ?? []
  const first = table.fields.find((field) => field.id === fields[0])?.id
  if (property === 'name' || first === undefined) return { table: table.id, part: id, property: 'name' }
  const shown = kind === 'references' ? 'reference' : primaryKeyOf(table)?.id === id ? 'key' : 'unique'
  return { table: table.id, field: first, property: shown }
}

/** A key of a field that is not in the primary one is a unique constraint. */
function fieldProperty(table: Table, field: Id, property: string): string {
  if (property === 'key' && primaryKeyOf(table)?.fields.includes(field) !== true && table.keys.some(({ fields }) => fields.includes(field)))
    return 'unique'
  return fieldProperties.has(property) ? property : 'name'
}

/** The table's own line; what is said of numbers belongs to the one field that has them. Options have columns by their keys. */
function placeInTable(table: Table, property: string): FindingPath {
  const numbered = property === 'identity' ? table.fields.find(({ identity }) => identity !== null) : undefined
  if (numbered !== undefined) return { table: table.id, field: numbered.id, property }
  return { table: table.id, property: tableProperties.has(property) || property.includes('.') ? property : 'name' }
}

const said = ({ code, message }: Finding): string => `${code} ${message}`

/** Which part without a name a finding is about: the only one there is, else the one of which the dialect says the same when it is alone. */
function unnamedParts(table: Table, check: (table: Table) => readonly Finding[]): FindPart {
  const lone = new Map<Kind, Map<string, Part[]>>()
  const alone = (kind: Kind): Map<string, Part[]> => {
    const known = lone.get(kind) ?? saidOfEach(table, kind, check)
    lone.set(kind, known)
    return known
  }
  return (finding) => {
    const open = candidates(table, finding.path.property ?? 'name').filter(({ name }) => name === '')
    if (open.length < 2) return open[0]
    for (const kind of new Set(open.map((part) => part.kind))) {
      const part = alone(kind).get(said(finding))?.shift()
      if (part !== undefined) return part
    }
    return undefined
  }
}

/** For each unnamed part of a kind, what the dialect says of the table with this part alone. */
function saidOfEach(table: Table, kind: Kind, check: (table: Table) => readonly Finding[]): Map<string, Part[]> {
  const texts = new Map<string, Part[]>()
  for (const part of partsOf(table, kind).filter(({ name }) => name === '')) {
    // What keys and references say may hang on the other one, so that these stay.
    const only = { ...table, indexes: [], checks: [], [kind]: table[kind].filter(({ id }) => id === part.id) }
    for (const finding of check(only)) {
      const { property = 'name', part: name = finding.path.column } = finding.path
      if (name === '' && (kindOf[property] ?? kind) === kind) texts.set(said(finding), [...(texts.get(said(finding)) ?? []), part])
    }
  }
  return texts
}
