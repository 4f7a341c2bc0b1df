import type { TableOption } from '../../flavor.ts'

const yesNo = ['yes', 'no']

/** What a table of SQLite can be told. Source: sqlite.org/stricttables.html, withoutrowid.html, autoinc.html. */
export const tableOptions: readonly TableOption[] = [
  { key: 'SQLITE.STRICT', label: 'Strict', about: 'The table takes only values of its declared types, which are INT, INTEGER, REAL, TEXT, BLOB and ANY then. yes or no; no when left out.', values: yesNo },
  { key: 'SQLITE.WITHOUT_ROWID', label: 'Without rowid', about: 'Rows are kept in the order of the primary key, without a number of their own. Needs a primary key. yes or no; no when left out.', values: yesNo },
  { key: 'SQLITE.AUTOINCREMENT', label: 'Autoincrement', about: 'Numbers of deleted rows are never given again. For an identity that is the primary key. yes or no; no when left out.', values: yesNo },
]
