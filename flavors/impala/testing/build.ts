import type { DataType } from '../../../app/model/data-type.ts'
import type { Cells } from '../../../app/model/model.ts'
import type { ColumnShape, TableShape } from '../../../app/model/shape.ts'
import type { Operation, Statement } from '../../flavor.ts'
import { dialect } from '../dialect/index.ts'

export const column = (name: string, type: DataType | DataType['kind'], more: Partial<ColumnShape> = {}): ColumnShape => ({
  name, type: typeof type === 'string' ? ({ kind: type } as DataType) : type, nullable: true, default: null, identity: null, generated: null, comment: '', collation: '', ...more,
})

export const table = (name: string, columns: readonly ColumnShape[], more: Partial<TableShape> = {}): TableShape => ({
  schema: '', name, comment: '', columns, primaryKey: null, uniques: [], checks: [], references: [], indexes: [], options: {}, ...more,
})

export const varchar = (length: number): DataType => ({ kind: 'varchar', length })
export const decimal = (precision: number, scale: number): DataType => ({ kind: 'decimal', precision, scale })

/** Options without their prefix. */
export const impala = (options: Cells): Cells => Object.fromEntries(Object.entries(options).map(([key, value]) => [`IMPALA.${key}`, value]))

export const texts = (operation: Operation, version = '4.5'): readonly string[] => dialect.withSettings({ version }).statements(operation).map(({ text }) => text)
export const undos = (list: readonly Statement[]): readonly (readonly string[] | null)[] => list.map(({ undo }) => undo)

/** The text of the table alone. */
export const created = (shape: TableShape, version = '4.5'): string => texts({ kind: 'createTable', shape, references: true }, version).join(';')

/** `CODE place: message` of each finding, where a code is given only those. */
export const found = (shape: TableShape, version = '4.5', code = ''): readonly string[] =>
  dialect.withSettings({ version }).check(shape).filter((one) => code === '' || one.code === code).map((one) => `${one.severity} ${one.code} ${one.path.property ?? ''} ${one.path.column ?? ''}`.trim())
