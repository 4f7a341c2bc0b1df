import type { TableShape } from '../../../app/model/shape.ts'

/** Whether an option is switched on. */
export const isYes = (value: string | undefined) => value !== undefined && /^(?:yes|y|true|1|x)$/i.test(value)

/** The word that an option means: people write true, 1 and x too. */
export const yesNo = (value: string): string => (isYes(value) ? 'yes' : /^(?:n|false|0|-)$/i.test(value) ? 'no' : value)

export const isStrict = (shape: Pick<TableShape, 'options'>): boolean => isYes(shape.options['SQLITE.STRICT'])
export const isWithoutRowid = (shape: TableShape): boolean => isYes(shape.options['SQLITE.WITHOUT_ROWID']) && shape.primaryKey !== null
/** Whether numbers of deleted rows are never given again. */
export const hasAutoincrement = (shape: Pick<TableShape, 'options'>): boolean => isYes(shape.options['SQLITE.AUTOINCREMENT'])

/** Whether the primary key is the rowid itself, which SQLite numbers: a single identity column. Source: sqlite.org/lang_createtable.html#rowid. */
export function isRowidKey(shape: TableShape): boolean {
  const [only, ...more] = shape.primaryKey?.columns ?? []
  return only !== undefined && more.length === 0 && !isWithoutRowid(shape) && shape.columns.some(({ name, identity }) => name === only && identity !== null)
}
