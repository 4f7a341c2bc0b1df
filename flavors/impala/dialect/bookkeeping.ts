import type { Bookkeeping } from '../../flavor.ts'

const tables = ['run', 'run_group', 'claim', 'identity'].map((name) => ({ schema: 'metamigrate', name }))

/** The newest version of each key that is not gone. */
const current = (table: string, key: string, columns: string): string =>
  `(SELECT ${columns} FROM (SELECT ${columns}, gone, ROW_NUMBER() OVER (PARTITION BY ${key} ORDER BY version DESC) AS place FROM metamigrate.${table}) AS numbered WHERE place = 1 AND NOT gone)`

const nextVersion = (table: string): string => `(SELECT COALESCE(MAX(version), 0) + 1 AS version FROM metamigrate.${table}) AS counter`

/** Rows of a statement's parameters, so that each is written once. */
const given = (...names: readonly string[]): string => `(SELECT ${names.map((name) => `CAST(? AS STRING) AS ${name}`).join(', ')}) AS given`

/**
 * Stops the statement (`Cannot divide decimal by zero`, with DECIMAL_V2, which is on by itself) when the count is not 0: Impala has neither unique constraints
 * nor an error to raise.
 */
const unlessTaken = (count: string): string => `CAST(CAST(1 AS DECIMAL(1,0)) / CAST(CASE ${count} WHEN 0 THEN 1 ELSE 0 END AS DECIMAL(1,0)) AS BIGINT) * 0`

const runColumns = 'run_id, plan_hash, run_state, run_owner, started_at, ended_at, tool_version'
const identityColumns = 'table_id, field_id, schema_name, table_name, column_name'

/**
 * MetaMigrate's own tables in the target: logs in Parquet, which every Impala has (Kudu, with UPDATE and DELETE, is not everywhere). A change is a new row
 * with a higher version, a removal one that says gone; each statement is a small file more.
 * `insertClaim` and `insertGroup` look first and then write: they refuse what a run that wrote earlier holds. They are no lock: of two runs that look in the
 * same instant both may go on, each sees the claims of both afterwards, and the driver has to say so.
 */
export const bookkeeping: Bookkeeping = {
  tables,
  ensure: [
    'CREATE DATABASE IF NOT EXISTS metamigrate',
    'CREATE TABLE IF NOT EXISTS metamigrate.run (run_id STRING, plan_hash STRING, run_state STRING, run_owner STRING, started_at STRING, ended_at STRING, tool_version STRING, version BIGINT, gone BOOLEAN) STORED AS PARQUET',
    'CREATE TABLE IF NOT EXISTS metamigrate.run_group (run_id STRING, group_id STRING, facts STRING, version BIGINT, gone BOOLEAN) STORED AS PARQUET',
    'CREATE TABLE IF NOT EXISTS metamigrate.claim (object_key STRING, run_id STRING, version BIGINT, gone BOOLEAN) STORED AS PARQUET',
    'CREATE TABLE IF NOT EXISTS metamigrate.identity (table_id STRING, field_id STRING, schema_name STRING, table_name STRING, column_name STRING, version BIGINT, gone BOOLEAN) STORED AS PARQUET',
  ],
  insertRun: `INSERT INTO metamigrate.run (${runColumns}, version, gone) SELECT given.run_id, given.plan_hash, given.run_state, given.run_owner, given.started_at, CAST(NULL AS STRING), given.tool_version, counter.version, FALSE FROM ${given('run_id', 'plan_hash', 'run_state', 'run_owner', 'started_at', 'tool_version')} CROSS JOIN ${nextVersion('run')}`,
  updateRun: `INSERT INTO metamigrate.run (${runColumns}, version, gone) SELECT newest.run_id, newest.plan_hash, given.run_state, newest.run_owner, newest.started_at, given.ended_at, newest.tool_version, counter.version, FALSE FROM ${given('run_state', 'ended_at', 'run_id')} JOIN ${current('run', 'run_id', runColumns)} AS newest ON newest.run_id = given.run_id CROSS JOIN ${nextVersion('run')}`,
  selectRuns: `SELECT run_id, plan_hash, run_state, run_owner, started_at, ended_at FROM ${current('run', 'run_id', runColumns)} AS newest ORDER BY started_at DESC, run_id DESC`,
  insertGroup: `INSERT INTO metamigrate.run_group (run_id, group_id, facts, version, gone) SELECT given.run_id, given.group_id, given.facts, MAX(counter.version) + ${unlessTaken('COUNT(held.group_id)')}, FALSE FROM ${given('run_id', 'group_id', 'facts')} CROSS JOIN ${nextVersion('run_group')} LEFT JOIN ${current('run_group', 'run_id, group_id', 'run_id, group_id')} AS held ON held.run_id = given.run_id AND held.group_id = given.group_id GROUP BY given.run_id, given.group_id, given.facts`,
  deleteGroup: `INSERT INTO metamigrate.run_group (run_id, group_id, facts, version, gone) SELECT given.run_id, given.group_id, CAST(NULL AS STRING), counter.version, TRUE FROM ${given('run_id', 'group_id')} CROSS JOIN ${nextVersion('run_group')}`,
  selectGroups: `SELECT group_id, facts FROM ${current('run_group', 'run_id, group_id', 'run_id, group_id, facts')} AS newest WHERE run_id = ? ORDER BY group_id`,
  insertClaim: `INSERT INTO metamigrate.claim (object_key, run_id, version, gone) SELECT given.object_key, given.run_id, MAX(counter.version) + ${unlessTaken('COUNT(held.run_id)')}, FALSE FROM ${given('object_key', 'run_id')} CROSS JOIN ${nextVersion('claim')} LEFT JOIN ${current('claim', 'object_key, run_id', 'object_key, run_id')} AS held ON held.object_key = given.object_key AND held.run_id <> given.run_id GROUP BY given.object_key, given.run_id`,
  deleteClaims: `INSERT INTO metamigrate.claim (object_key, run_id, version, gone) SELECT newest.object_key, newest.run_id, counter.version, TRUE FROM ${given('run_id')} JOIN ${current('claim', 'object_key, run_id', 'object_key, run_id')} AS newest ON newest.run_id = given.run_id CROSS JOIN ${nextVersion('claim')}`,
  selectClaims: `SELECT object_key, run_id FROM ${current('claim', 'object_key, run_id', 'object_key, run_id')} AS newest ORDER BY object_key, run_id`,
  upsertIdentity: `INSERT INTO metamigrate.identity (${identityColumns}, version, gone) SELECT given.table_id, given.field_id, given.schema_name, given.table_name, given.column_name, counter.version, FALSE FROM ${given('table_id', 'field_id', 'schema_name', 'table_name', 'column_name')} CROSS JOIN ${nextVersion('identity')}`,
  deleteIdentity: `INSERT INTO metamigrate.identity (${identityColumns}, version, gone) SELECT newest.table_id, newest.field_id, newest.schema_name, newest.table_name, newest.column_name, counter.version, TRUE FROM ${given('table_id')} JOIN ${current('identity', 'table_id, field_id', identityColumns)} AS newest ON newest.table_id = given.table_id CROSS JOIN ${nextVersion('identity')}`,
  selectIdentities: `SELECT table_id, field_id, schema_name, table_name, column_name FROM ${current('identity', 'table_id, field_id', identityColumns)} AS newest ORDER BY table_id, field_id`,
}
