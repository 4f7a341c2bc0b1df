import { join, sql } from '../../sql.ts'
import type { Sql } from '../../sql.ts'
import { literal } from './names.ts'

/**
 * Settings under which every value and every definition has one text and one meaning, whatever the server, the database or the role is set to.
 * A session sets them when it opens, and each transaction again: behind a pooler another's session may be the one that runs it.
 */
export const settings: Readonly<Record<string, string>> = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  client_encoding: 'UTF8',
  xmloption: 'content',
  xmlbinary: 'base64',
  // NULL inside an array literal is a NULL, and `a = NULL` stays what it says: both change what a definition is read as.
  array_nulls: 'on',
  transform_null_equals: 'off',
  // Names are spelled as they are compared: with quotes where they need them only.
  quote_all_identifiers: 'off',
  // A new table stands where the database keeps its tables; another place is a storage option of the old one, and is put back as such.
  default_tablespace: '',
}

/** The settings for one transaction. */
export const transactionSettings: Sql = sql`SELECT ${join(
  Object.entries(settings).map(([name, value]) => sql`set_config(${literal(name)}, ${literal(value)}, true)`),
)}`
