import { foldName } from '../diff/names.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { TableName } from '../model/shape.ts'
import type { TableWork } from './work.ts'

/** What a finding or an answer is about: a table, or a part of it (a field, a check, a key). Names as they are now and as they will be. */
export interface Subject {
  readonly tables: readonly TableName[]
  /** Names of the field or part; empty: the table itself. */
  readonly parts: readonly string[]
}

/** The subject of a table's plan, or of its part `names` (now, then). */
export function subjectOf({ before, after, table }: TableWork, ...names: readonly string[]): Subject {
  const tables = [after, before, table].flatMap((one) => (one === null ? [] : [{ schema: one.schema, name: one.name }]))
  return { tables, parts: [...new Set(names)] }
}

/** The one name that a message tells and an answer may repeat: `shop.item.title`. */
export function wordOf({ tables, parts }: Subject, dialect: Dialect): string {
  const [table = { schema: '', name: '' }] = tables
  const [part] = parts
  return part === undefined ? dialect.display(table) : `${dialect.display(table)}.${spelled(part)}`
}

/** Whether a word of the person names the subject. Names are compared, never parsed: quotes are allowed, a dot inside a name does no harm. */
export function isNamed(subject: Subject, word: string, dialect: Dialect): boolean {
  const fold = (text: string) => foldName(dialect.can, text)
  const wanted = fold(word)
  const tables = subject.tables.flatMap((table) => tableSpellings(table, dialect))
  const words = subject.parts.length === 0 ? tables : tables.flatMap((table) => subject.parts.flatMap((part) => [part, quoted(part)].map((one) => `${table}.${one}`)))
  return words.some((one) => fold(one) === wanted)
}

function tableSpellings(table: TableName, dialect: Dialect): readonly string[] {
  const schema = table.schema === '' ? dialect.can.defaultSchema : table.schema
  const isDefault = schema === dialect.can.defaultSchema
  const both = [schema, quoted(schema)].flatMap((one) => [`${one}.${table.name}`, `${one}.${quoted(table.name)}`])
  return [dialect.display(table), ...both, ...(isDefault ? [table.name, quoted(table.name)] : [])]
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const spelled = (name: string): string => (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : quoted(name))
