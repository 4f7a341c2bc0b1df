import type { Bookkeeping } from '../../flavor.ts'

const tables = ['run', 'run_group', 'claim', 'identity'].map((name) => ({ schema: '', name: `metamigrate_${name}` }))

// Keys compare exactly and fit into an index; texts of any length are longtext.
const tail = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin'
const key = 'varchar(191)'
const long = 'varchar(384)'

/** MetaMigrate's own tables in the connected database. */
export const bookkeeping: Bookkeeping = {
  tables,
  ensure: [
    `CREATE TABLE IF NOT EXISTS metamigrate_run (run_id ${key} NOT NULL PRIMARY KEY, plan_hash varchar(191) NOT NULL, state varchar(32) NOT NULL, owner longtext NOT NULL, started_at varchar(64) NOT NULL, ended_at varchar(64), tool_version varchar(64) NOT NULL) ${tail}`,
    `CREATE TABLE IF NOT EXISTS metamigrate_run_group (run_id ${key} NOT NULL, group_id ${key} NOT NULL, facts longtext NOT NULL, PRIMARY KEY (run_id, group_id)) ${tail}`,
    `CREATE TABLE IF NOT EXISTS metamigrate_claim (object_key ${long} NOT NULL PRIMARY KEY, run_id ${key} NOT NULL) ${tail}`,
    `CREATE TABLE IF NOT EXISTS metamigrate_identity (table_id ${key} NOT NULL, field_id ${key} NOT NULL, schema_name varchar(64) NOT NULL, table_name varchar(64) NOT NULL, column_name varchar(64) NOT NULL, PRIMARY KEY (table_id, field_id)) ${tail}`,
  ],
  insertRun: 'INSERT INTO metamigrate_run (run_id, plan_hash, state, owner, started_at, tool_version) VALUES (?, ?, ?, ?, ?, ?)',
  updateRun: 'UPDATE metamigrate_run SET state = ?, ended_at = ? WHERE run_id = ?',
  selectRuns: 'SELECT run_id, plan_hash, state, owner, started_at, ended_at FROM metamigrate_run ORDER BY started_at DESC, run_id DESC',
  insertGroup: 'INSERT INTO metamigrate_run_group (run_id, group_id, facts) VALUES (?, ?, ?)',
  deleteGroup: 'DELETE FROM metamigrate_run_group WHERE run_id = ? AND group_id = ?',
  selectGroups: 'SELECT group_id, facts FROM metamigrate_run_group WHERE run_id = ? ORDER BY group_id',
  insertClaim: 'INSERT INTO metamigrate_claim (object_key, run_id) VALUES (?, ?)',
  deleteClaims: 'DELETE FROM metamigrate_claim WHERE run_id = ?',
  selectClaims: 'SELECT object_key, run_id FROM metamigrate_claim ORDER BY object_key',
  upsertIdentity:
    'INSERT INTO metamigrate_identity (table_id, field_id, schema_name, table_name, column_name) VALUES (?, ?, ?, ?, ?) ' +
    'ON DUPLICATE KEY UPDATE schema_name = VALUES(schema_name), table_name = VALUES(table_name), column_name = VALUES(column_name)',
  deleteIdentity: 'DELETE FROM metamigrate_identity WHERE table_id = ?',
  selectIdentities: 'SELECT table_id, field_id, schema_name, table_name, column_name FROM metamigrate_identity ORDER BY table_id, field_id',
}
