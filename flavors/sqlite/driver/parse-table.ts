import { readCreateText, type Clause, type Item, type ReferenceText } from '../dialect/create-text.ts'

/** What a CREATE TABLE says and the pragmas do not. Names of constraints are '' where none was given. */
export interface ParsedTable {
  readonly columns: ReadonlyMap<string, ParsedColumn>
  readonly primaryKey: ParsedKey | null
  readonly uniques: readonly ParsedKey[]
  readonly checks: readonly { readonly name: string; readonly expression: string }[]
  readonly references: readonly ParsedReference[]
  readonly autoincrement: boolean
  /** Clauses that a model cannot say (ON CONFLICT ...), in words. */
  readonly unsaid: readonly string[]
}

export interface ParsedColumn {
  /** The type as it is written: the pragmas give the six standard names in capitals. */
  readonly declared: string
  readonly collation: string
  /** Expression of a generated column; null for a plain one. */
  readonly generated: string | null
}

export interface ParsedKey {
  readonly name: string
  readonly columns: readonly string[]
  /** `PRIMARY KEY DESC` written at the column: then it is no alias of the rowid. */
  readonly descending: boolean
}

export interface ParsedReference extends ReferenceText {
  readonly name: string
  readonly columns: readonly string[]
}

/** The parts of a CREATE TABLE text as SQLite stores it. */
export function parseTable(text: string): ParsedTable {
  const items = readCreateText(text)?.items ?? []
  const clauses = items.flatMap((item) => item.clauses)
  const key = clauses.find(({ kind }) => kind === 'primary')
  return {
    columns: new Map(items.flatMap((item) => (item.column === null ? [] : [[item.column.name, columnOf(item, item.column.type)] as const]))),
    primaryKey: key === undefined ? null : keyOf(key),
    uniques: clauses.filter(({ kind }) => kind === 'unique').map(keyOf),
    checks: clauses.filter(({ kind }) => kind === 'check').map(({ name, expression }) => ({ name, expression })),
    references: clauses.flatMap(({ name, columns, reference }) => (reference === null ? [] : [{ name, columns, ...reference }])),
    autoincrement: key?.autoincrement === true,
    unsaid: clauses.flatMap(({ unsaid }) => unsaid),
  }
}

const keyOf = ({ name, columns, descending }: Clause): ParsedKey => ({ name, columns, descending })

function columnOf({ clauses }: Item, declared: string): ParsedColumn {
  // Of several collations SQLite takes the last.
  const collation = clauses.findLast(({ kind }) => kind === 'collate')?.expression ?? ''
  return { declared, collation, generated: clauses.find(({ kind }) => kind === 'generated')?.expression ?? null }
}
