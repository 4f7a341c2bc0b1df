import { emptyTable } from '../../model/build.ts'
import type { Cells } from '../../model/model.ts'
import { addCell, extraReader, noCells } from './cells.ts'
import type { CsvColumn, KnownColumn } from './columns.ts'
import type { Drafts } from './drafts.ts'
import type { CsvTable } from './read.ts'

/** Adds the tables of tables.csv, in their order. Finding: TABLE_NAME_MISSING for a row without a name and id (kept, not used). */
export function readTables(source: CsvTable, drafts: Drafts): void {
  const readExtra = extraReader(source.columns)
  for (const row of source.rows) {
    const get = (known: KnownColumn): string => row.cells[source.places.get(known) ?? -1] ?? ''
    const [schema, name, id] = [get('TABLE_SCHEMA'), get('TABLE_NAME'), get('ID')]
    if (name === '' && id === '') {
      drafts.error('TABLE_NAME_MISSING', source, row, 'TABLE_NAME', 'the row has no table name. It is kept but not used.')
      drafts.keepUnread(source, row)
      continue
    }
    drafts.add(
      {
        ...emptyTable(drafts.idOf(id, source, row), name, schema),
        comment: get('TABLE_COMMENT'),
        previousName: get('PREVIOUS_NAME'),
        options: readOptions(source.columns, row.cells),
        extra: readExtra(row.cells),
      },
      id !== '',
    )
  }
}

/** The FLAVOR.OPTION cells of a row that are not empty. */
export function readOptions(columns: readonly CsvColumn[], cells: readonly string[]): Cells {
  let found: Record<string, string> | null = null
  for (const [at, { option }] of columns.entries()) {
    const value = cells[at]
    if (option !== null && value !== undefined && value !== '') addCell((found ??= {}), option, value)
  }
  return found ?? noCells
}
