import type { Cells, Id, Index, Table } from '../../model/model.ts'
import { extraReader, noCells } from './cells.ts'
import type { KnownColumn } from './columns.ts'
import type { Drafts, TableDraft } from './drafts.ts'
import { parseParts } from './lists.ts'
import type { CsvRow, CsvTable } from './read.ts'
import { idOfItem, idsOfList, targetOf } from './resolve-list.ts'
import { parseAction, parseDeferrable, parseYesNo } from './words.ts'

/** What reads the rows of one of the three files of parts: gives the table with the part added, or says which column is bad and what was expected. */
type PartReader = (at: PartRow) => Table | { readonly column: KnownColumn; readonly expected: string }

interface PartRow {
  readonly table: Table
  readonly get: (known: KnownColumn) => string
  readonly id: () => Id
  /** `{ extra }` when the row has cells under headers that nobody knows. */
  readonly extra: { readonly extra?: Cells }
  readonly drafts: Drafts
}

/** Adds the keys and checks, references or indexes of a file to their tables. A row that cannot be read is kept to be written back, with a finding. */
export function readParts(source: CsvTable, drafts: Drafts): void {
  const reader = readers[source.kind === 'references' || source.kind === 'indexes' ? source.kind : 'keys']
  const readExtra = extraReader(source.columns)
  for (const row of source.rows) {
    const get = (known: KnownColumn): string => row.cells[source.places.get(known) ?? -1] ?? ''
    const draft: TableDraft | null = drafts.find(get('TABLE_SCHEMA'), get('TABLE_NAME'), get('TABLE_ID'))
    if (draft === null) {
      drafts.error(
        'TABLE_NOT_FOUND',
        source,
        row,
        'TABLE_NAME',
        `there is no table ${get('TABLE_SCHEMA')}.${get('TABLE_NAME')}; expected one of fields.csv or tables.csv. The row is kept but not used.`,
      )
      drafts.keepUnread(source, row)
      continue
    }
    const extra = readExtra(row.cells)
    const result = reader({
      table: draft.table,
      get,
      id: () => drafts.idOf(get('ID'), source, row),
      extra: extra === noCells ? {} : { extra },
      drafts,
    })
    if ('column' in result) refuse(source, row, result.column, result.expected, drafts)
    else draft.table = result
  }
}

function refuse(source: CsvTable, row: CsvRow, known: KnownColumn, expected: string, drafts: Drafts): void {
  const at = source.places.get(known)
  const header = (at === undefined ? undefined : source.columns[at]?.header) ?? known
  const text = at === undefined ? '' : (row.cells[at] ?? '')
  drafts.error(
    'CELL_UNREADABLE',
    source,
    row,
    header,
    `"${text.slice(0, 60)}" cannot be read; expected ${expected}. The row is kept but not used.`,
  )
  drafts.keepUnread(source, row)
}

const columnsExpected = 'columns of the table, separated by commas'

const readers: Readonly<Record<'keys' | 'references' | 'indexes', PartReader>> = {
  keys: ({ table, get, id, extra }) => {
    const word = get('CONSTRAINT_TYPE').trim().toUpperCase()
    const name = get('CONSTRAINT_NAME')
    if (word === 'CHECK') return { ...table, checks: [...table.checks, { id: id(), name, expression: get('CHECK_CLAUSE'), ...extra }] }
    const kind = word === 'PRIMARY KEY' || word === 'PRIMARY' || word === 'PK' ? 'primary' : word === 'UNIQUE' ? 'unique' : null
    if (kind === null) return { column: 'CONSTRAINT_TYPE', expected: 'PRIMARY KEY, UNIQUE or CHECK' }
    const fields = idsOfList(table, get('COLUMN_NAMES'))
    return fields === null
      ? { column: 'COLUMN_NAMES', expected: columnsExpected }
      : { ...table, keys: [...table.keys, { id: id(), kind, name, fields, ...extra }] }
  },
  references: ({ table, get, id, extra, drafts }) => {
    const fields = idsOfList(table, get('COLUMN_NAMES'))
    if (fields === null) return { column: 'COLUMN_NAMES', expected: columnsExpected }
    const cells = { schema: get('REFERENCED_TABLE_SCHEMA'), table: get('REFERENCED_TABLE_NAME'), columns: get('REFERENCED_COLUMN_NAMES') }
    const target = targetOf(drafts, table, cells)
    if (target === null) return { column: 'REFERENCED_COLUMN_NAMES', expected: 'columns, separated by commas' }
    const [onUpdate, onDelete, deferrable] = [
      parseAction(get('UPDATE_RULE')),
      parseAction(get('DELETE_RULE')),
      parseDeferrable(get('DEFERRABLE')),
    ]
    const actions = 'NO ACTION, RESTRICT, CASCADE, SET NULL or SET DEFAULT'
    if (onUpdate === null) return { column: 'UPDATE_RULE', expected: actions }
    if (onDelete === null) return { column: 'DELETE_RULE', expected: actions }
    if (deferrable === null) return { column: 'DEFERRABLE', expected: 'NO, INITIALLY IMMEDIATE or INITIALLY DEFERRED' }
    const reference = { id: id(), name: get('CONSTRAINT_NAME'), fields, target, onUpdate, onDelete, deferrable, ...extra }
    return { ...table, references: [...table.references, reference] }
  },
  indexes: ({ table, get, id, extra }) => {
    const parts = partsOf(table, get('COLUMN_NAMES'))
    if (parts === null)
      return { column: 'COLUMN_NAMES', expected: 'columns or (expressions), each with ASC, DESC, NULLS FIRST, NULLS LAST or nothing' }
    const include = idsOfList(table, get('INCLUDE_COLUMNS'))
    if (include === null) return { column: 'INCLUDE_COLUMNS', expected: columnsExpected }
    const unique = parseYesNo(get('IS_UNIQUE'))
    if (unique === null) return { column: 'IS_UNIQUE', expected: 'YES or NO' }
    const index = {
      id: id(),
      name: get('INDEX_NAME'),
      unique,
      method: get('INDEX_METHOD'),
      parts,
      include,
      predicate: get('PREDICATE'),
      ...extra,
    }
    return { ...table, indexes: [...table.indexes, index] }
  },
}

function partsOf(table: Table, text: string): Index['parts'] | null {
  const written = parseParts(text)
  if (written === null) return null
  const found: Index['parts'][number][] = []
  for (const { item, order, nulls } of written) {
    const field = item.by === 'expression' ? null : idOfItem(table, item)
    if (field === null && item.by !== 'expression') return null
    found.push({ field, expression: item.by === 'expression' ? item.expression : '', order, nulls })
  }
  return found
}
