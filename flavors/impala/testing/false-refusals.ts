import { replaceTokens, type FalseRefusal } from '../../testing/parser-judge.ts'
import { rules } from '../dialect/lexical.ts'

const grammar = "Impala's sql-parser.cup"

/** What stands at `STRUCT<...>`, angle brackets paired. */
function withoutStructs(text: string): string {
  const at = text.search(/\bSTRUCT</)
  if (at < 0) return text
  let depth = 0
  for (let end = at + 6; end < text.length; end++) {
    if (text[end] === '<') depth++
    if (text[end] === '>' && --depth === 0) return withoutStructs(`${text.slice(0, at)}STRING${text.slice(end + 1)}`)
  }
  return text
}

const iceberg: readonly FalseRefusal[] = [
  { why: 'Iceberg is a format.', source: `${grammar}, file_format_val`, simpler: (text) => text.replace(/^STORED AS ICEBERG$/m, 'STORED AS KUDU') },
  { why: 'Iceberg tables are partitioned by transforms.', source: `${grammar}, iceberg_partition_spec_list`, simpler: (text) => text.replace(/^PARTITIONED BY SPEC \(.*\)\n/m, '') },
]

/** What dt-sql-parser 4.5.1 (ImpalaSQL) does not know of Impala. */
export const falseRefusalsOfDt: readonly FalseRefusal[] = [
  { why: 'A quote inside a text is escaped by a backslash, and so is the backslash.', source: "Impala's sql-scanner.flex, SingleQuoteStringLiteral", simpler: (text) => replaceTokens(text, rules, ({ kind, text: words }) => (kind === 'text' && words.includes('\\') ? "'x'" : null)) },
  { why: 'A struct has several members.', source: `${grammar}, struct_field_def_list`, simpler: withoutStructs },
  { why: 'A key of a Kudu table may repeat (4.3).', source: `${grammar}, primary_keys: KW_NON KW_UNIQUE KW_PRIMARY KW_KEY`, simpler: (text) => text.replaceAll('NON UNIQUE PRIMARY KEY', 'PRIMARY KEY') },
  { why: 'A table without a primary key may have a foreign key.', source: `${grammar}, foreign_keys_list`, simpler: (text) => (text.includes('PRIMARY KEY') ? text : text.replaceAll(/,\n {2}FOREIGN KEY [^\n]*?(?=,?\n)/g, '')) },
  { why: 'The key of an Iceberg table is not enforced.', source: `${grammar}, enable_spec: not_enforced`, simpler: (text) => text.replace(/(PRIMARY KEY \(.*\)) NOT ENFORCED$/m, '$1') },
  ...iceberg,
]

/** What sqlfluff 4.5.0 (dialect impala) does not know of Impala. */
export const falseRefusalsOfSqlfluff: readonly FalseRefusal[] = [
  { why: 'Primary and foreign keys stand behind the columns, or before AS SELECT.', source: `${grammar}, table_def and create_tbl_as_select_params`, simpler: (text) => text.replaceAll(/,\n {2}(?:NON UNIQUE )?(?:PRIMARY|FOREIGN) KEY [^\n]*?(?=,?\n)/g, '').replace(/^(?:NON UNIQUE )?PRIMARY KEY \(.*\)(?: NOT ENFORCED)?\n/m, '') },
  { why: 'Kudu tables are partitioned by hash and range.', source: `${grammar}, partition_param_list`, simpler: (text) => text.replace(/^PARTITION BY .*\n/m, '') },
  { why: 'Comments are set on what stands.', source: `${grammar}, comment_on_stmt`, simpler: (text) => text.replace(/^COMMENT ON (?:TABLE|COLUMN|DATABASE) (.*) IS ('.*'|".*"|NULL)$/s, 'SELECT $2 FROM $1') },
  { why: 'Columns are added in parentheses.', source: `${grammar}, alter_tbl_stmt: KW_ADD KW_COLUMNS`, simpler: (text) => text.replace(/^ALTER TABLE (.*?) ADD (?:IF NOT EXISTS )?COLUMNS \(/s, 'CREATE TABLE $1 (') },
  { why: 'Rows are inserted or updated by key.', source: `${grammar}, upsert_stmt`, simpler: (text) => text.replace(/^UPSERT INTO/, 'INSERT INTO') },
  ...iceberg,
  { why: 'Kudu is a format.', source: `${grammar}, file_format_val`, simpler: (text) => text.replace(/^STORED AS KUDU$/m, 'STORED AS PARQUET') },
]
