import type { Dialect } from '../flavor/dialect.ts'
import type { TableName, TableShape } from '../model/shape.ts'
import type { RenameAnswer } from './candidate.ts'

/** The person's answers about renames, looked up by every spelling that a name has. Names are compared, never parsed: a dot inside a name does no harm. */
export interface Answers {
  /** New name given to a table; undefined when none was. */
  tableAfter(from: TableName, among: readonly TableName[]): TableName | undefined
  isDeniedTable(from: TableName): boolean
  /** New name given to a column of `before`; undefined when none was, or when `after` has no such column. */
  columnAfter(before: TableShape, after: TableShape, column: string): string | undefined
  isDeniedColumn(table: TableName, column: string): boolean
  /** `schema.table` or `schema.table.column`, as candidates are shown and answered. */
  display(table: TableName, column?: string): string
}

/** Answers ready for look-ups. */
export function answersOf(answers: readonly RenameAnswer[], dialect: Dialect): Answers {
  const byFrom = new Map(answers.map((answer) => [answer.from, answer.to]))
  const given = (spellings: readonly string[]) => spellings.map((spelling) => byFrom.get(spelling)).find((to) => to !== undefined)
  const columnsOf = (table: TableName, column: string) => spellingsOf(table, dialect).map((spelling) => `${spelling}.${column}`)
  return {
    tableAfter(from, among) {
      const to = byFrom.size === 0 ? undefined : given(spellingsOf(from, dialect))
      return to === undefined || to === null ? undefined : among.find((table) => spellingsOf(table, dialect).includes(to))
    },
    isDeniedTable: (from) => denied(byFrom, spellingsOf(from, dialect)),
    columnAfter(before, after, column) {
      const to = byFrom.size === 0 ? undefined : given(columnsOf(before, column))
      if (to === undefined || to === null) return undefined
      return after.columns.find(({ name }) => name === to || [...columnsOf(after, name), ...columnsOf(before, name)].includes(to))?.name
    },
    isDeniedColumn: (table, column) => denied(byFrom, columnsOf(table, column)),
    display: (table, column) =>
      [...(table.schema === '' ? [] : [table.schema]), table.name, ...(column === undefined ? [] : [column])].join('.'),
  }
}

const denied = (answers: ReadonlyMap<string, string | null>, spellings: readonly string[]) =>
  spellings.some((spelling) => answers.get(spelling) === null)

/** Every way to write a table's name in an answer: with schema, without the default one, and as the flavor displays it. */
function spellingsOf(table: TableName, dialect: Dialect): readonly string[] {
  const isDefault = table.schema === '' || table.schema === dialect.can.defaultSchema
  return [
    `${table.schema === '' ? dialect.can.defaultSchema : table.schema}.${table.name}`,
    dialect.display(table),
    ...(isDefault ? [table.name] : []),
  ]
}
