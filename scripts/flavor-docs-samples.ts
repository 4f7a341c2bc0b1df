import type { CaseName } from '../flavors/cases.ts'

/** Logical types that a page shows, as the sheet spells them. */
export const logicalTypes: readonly string[] = [
  'bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'decimal(18,4)', 'decimal(60,20)', 'decimal', 'float32', 'float64',
  'char(10)', 'varchar(80)', 'varchar(20000)', 'varchar', 'text', 'binary(16)', 'varbinary(80)', 'blob', 'bit(8)', 'date', 'time(3)', 'timestamp(6)', 'timestamp(9)',
  'timestamp(6) with time zone', 'interval', 'uuid', 'json', 'xml', 'inet', 'geometry', "enum('a','b')", 'array(text)', 'map(text,int32)', 'struct(x float64,y float64)',
]

/** Native spellings of all databases; a page shows those that its flavor knows. */
export const nativeSpellings: readonly string[] = [
  'boolean', 'bool', 'bit', 'tinyint', 'tinyint(1)', 'tinyint unsigned', 'smallint', 'int2', 'mediumint', 'int', 'int(11)', 'integer', 'int4', 'bigint', 'int8', 'bigint unsigned', 'serial', 'bigserial', 'year',
  'real', 'float', 'float(24)', 'float(53)', 'float8', 'double', 'double precision', 'decimal', 'decimal(10,2)', 'numeric', 'numeric(10)', 'money', 'smallmoney',
  'char(3)', 'nchar(3)', 'bpchar', 'varchar', 'varchar(20)', 'nvarchar(20)', 'nvarchar(max)', 'varchar(max)', 'character varying(20)', 'text', 'ntext', 'tinytext', 'mediumtext', 'longtext', 'string', 'citext', 'name', 'sysname',
  'bytea', 'binary(8)', 'varbinary(8)', 'varbinary(max)', 'image', 'blob', 'tinyblob', 'longblob', 'bit(8)', 'varbit(8)',
  'date', 'time', 'time(3)', 'timetz', 'datetime', 'datetime(3)', 'datetime2', 'datetime2(3)', 'smalldatetime', 'datetimeoffset(3)', 'timestamp', 'timestamp(3)', 'timestamptz', 'timestamp with time zone', 'rowversion', 'interval',
  'uuid', 'uniqueidentifier', 'json', 'jsonb', 'xml', 'inet', 'inet6', 'cidr', 'macaddr', "enum('a','b')", "set('a','b')", 'integer[]', 'text[]', 'array<string>', 'map<string,int>', 'struct<a:int>',
  'geometry', 'geography', 'point', 'polygon', 'hierarchyid', 'sql_variant', 'tsvector', 'int4range', 'hstore', 'ltree', 'oid', 'vector(3)',
]

/** What each case is to people; null where it is a step of a run, and no change that somebody asks for. */
export const titles: Readonly<Record<CaseName, string | null>> = {
  begin: null, commit: null, checkReferences: null, copyRows: null, continueIdentity: null, setAside: null, swapTables: null,
  createSchema: 'Create a schema',
  createTable: 'Create a table with keys, checks and comments',
  createTableWithReference: 'Create a table with a foreign key',
  createEveryType: 'Create a table with every type',
  createWithoutNames: 'Create a table whose parts have no names',
  dropTable: 'Drop a table',
  dropTableIfExists: 'Drop a table if it is there',
  renameTable: 'Rename a table',
  moveTable: 'Move a table to another schema',
  renameColumn: 'Rename a field',
  copyTable: 'Copy a table as a backup',
  createIndex: 'Create a unique index with an order and a predicate',
  createIndexWithInclude: 'Create an index with included fields',
  createUniqueOnNullable: 'Create a unique index on a field that takes NULL',
  createIndexOnExpression: 'Create an index on an expression',
  dropIndex: 'Drop an index',
  addReference: 'Add a foreign key',
  dropReference: 'Drop a foreign key',
  addPrimaryKey: 'Add a primary key',
  dropPrimaryKey: 'Drop a primary key',
  addUnique: 'Add a unique constraint',
  dropUnique: 'Drop a unique constraint',
  addCheck: 'Add a check',
  dropCheck: 'Drop a check',
  addColumn: 'Add a field with a default',
  addNotNullColumn: 'Add a field that must be filled, with a computed default',
  addGeneratedColumn: 'Add a stored generated field',
  dropColumn: 'Drop a field',
  alterColumn: 'Change type, default and NOT NULL at once',
  alterTypeWider: 'Make a text field longer',
  alterTypeLossy: 'Make a text field a number',
  setNotNull: 'Set NOT NULL',
  dropNotNull: 'Drop NOT NULL',
  setDefault: 'Set a default',
  changeDefault: 'Change a default',
  dropDefault: 'Drop a default',
  addIdentity: 'Make a field an identity',
  dropIdentity: 'Make an identity a plain field',
  commentColumn: 'Comment on a field',
  commentTable: 'Comment on a table',
}
