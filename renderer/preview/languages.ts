import { MSSQL, MariaSQL, PostgreSQL, SQLDialect, SQLite, StandardSQL, sql } from '@codemirror/lang-sql'
import type { Extension } from '@codemirror/state'

/** Words of Impala's grammar that are no words of a generic SQL. Source: Impala manual, "Impala Reserved Words". */
const impalaWords =
  'add aggregate all alter analytic and anti api_version as asc avro between buckets by cached cascade case cast change class close_fn column columns comment compute ' +
  'constraint create cross cube current data database databases date default delete delimited desc describe disable distinct div drop else enable encoding end enforced escaped ' +
  'exists explain extended external false fields fileformat files first following for foreign format formatted from full function functions grant group hash having iceberg if ' +
  'ignore ilike in incremental init_fn inner inpath insert intermediate intersect interval into invalidate iregexp is jdbc join jsonfile key kudu last left like limit lines load ' +
  'location managedlocation merge_fn metadata minus non norely not novalidate null nulls of offset on optimize or orc order outer over overwrite parquet parquetfile partition partitioned ' +
  'partitions preceding prepare_fn primary produced purge range rcfile recover references refresh regexp rely rename repeatable replace replication restrict returns revoke right ' +
  'rlike role roles rollup row rows schema schemas select semi sequencefile serdeproperties serialize_fn set sets show sort spec stats stored straight_join symbol system_time ' +
  'system_version table tables tablesample tblproperties terminated textfile then to true truncate unbounded uncached unique union unknown unnest unset update update_fn upsert use ' +
  'user using validate values view when where with zorder'
const impalaTypes =
  'array bigint binary boolean char date decimal double float int integer map real smallint string struct timestamp tinyint uuid varchar'

/** Impala: backticks around names, texts in either quote, a backslash escapes, no doubled quotes. */
export const Impala = SQLDialect.define({
  keywords: impalaWords,
  types: impalaTypes,
  builtin: 'avg concat count current_timestamp fnv_hash max min now nvl sum uuid',
  backslashEscapes: true,
  doubleQuotedStrings: true,
  identifierQuotes: '`',
  hashComments: false,
  operatorChars: '*+-%<>!=&|~^/',
})

/** T-SQL puts names into brackets; `N'...'` is a text. */
const dialects: Readonly<Record<string, SQLDialect>> = {
  postgres: PostgreSQL,
  mssql: MSSQL,
  mysql: MariaSQL,
  sqlite: SQLite,
  impala: Impala,
}

/** The syntax of a flavor's text. Python is fetched when it is first shown: most windows never need it. */
export async function languageOf(flavor: string, language: 'sql' | 'python'): Promise<Extension> {
  if (language === 'python') return (await import('@codemirror/lang-python')).python()
  return sqlOf(flavor)
}

/** SQL is there at once. */
export const sqlOf = (flavor: string): Extension => sql({ dialect: dialects[flavor] ?? StandardSQL })
