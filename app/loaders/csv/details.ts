import type { Table } from '../../model/model.ts'
import { parts } from '../json.ts'
import { dictionary, object, text } from '../reader.ts'

/** What the columns of a single-file model cannot say of a table, as JSON in TABLE_DETAILS of its first row: whole lists, in the words of the JSON form. */
export interface TableDetails {
  readonly keys?: Table['keys']
  readonly checks?: Table['checks']
  readonly references?: Table['references']
  readonly indexes?: Table['indexes']
  readonly extra?: Table['extra']
  readonly invalid?: Table['invalid']
}

const reader = object<TableDetails>({ ...parts, extra: dictionary(text), invalid: dictionary(text) }, [
  'keys',
  'checks',
  'references',
  'indexes',
  'extra',
  'invalid',
])

/** The details of a cell. Errors: JSON_INVALID, SyntaxError of JSON.parse. */
export const parseDetails = (cell: string): TableDetails => reader(JSON.parse(cell), 'TABLE_DETAILS')
