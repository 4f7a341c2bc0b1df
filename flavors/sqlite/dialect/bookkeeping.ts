import type { Bookkeeping } from '../../flavor.ts'

const tables = ['run', 'run_group', 'claim', 'identity'].map((name) => ({ schema: '', name: `metamigrate_${name}` }))

/** MetaMigrate's own tables in the file. */
export const bookkeeping: Bookkeeping = {
  tables,
  look: {
    text: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN (${tables.map(({ name }) => `'${name}'`).join(', ')})`,
    needs: tables.map(({ name }) => name),
  },
  ensure: [
    'CREATE TABLE IF NOT EXISTS metamigrate_run (run_id TEXT PRIMARY KEY, plan_hash TEXT NOT NULL, state TEXT NOT NULL, owner TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT, tool_version TEXT NOT NULL)',
    'CREATE TABLE IF NOT EXISTS metamigrate_run_group (run_id TEXT NOT NULL, group_id TEXT NOT NULL, facts TEXT NOT NULL, PRIMARY KEY (run_id, group_id))',
    'CREATE TABLE IF NOT EXISTS metamigrate_claim (object_key TEXT PRIMARY KEY, run_id TEXT NOT NULL)',
    'CREATE TABLE IF NOT EXISTS metamigrate_identity (table_id TEXT NOT NULL, field_id TEXT NOT NULL, schema_name TEXT NOT NULL, table_name TEXT NOT NULL, column_name TEXT NOT NULL, PRIMARY KEY (table_id, field_id))',
  ],
  insertRun: 'INSERT INTO metamigrate_run (run_id, plan_hash, state, owner, started_at, tool_version) VALUES (?, ?, ?, ?, ?, ?)',
  updateRun: 'UPDATE metamigrate_run SET state = ?, ended_at = ? WHERE run_id = ?',
  // Rows of runs are never deleted, so the rowid tells their order: clocks of machines differ, and go back.
  selectRuns: 'SELECT run_id, plan_hash, state, owner, started_at, ended_at FROM metamigrate_run ORDER BY rowid DESC',
  insertGroup: 'INSERT INTO metamigrate_run_group (run_id, group_id, facts) VALUES (?, ?, ?)',
  deleteGroup: 'DELETE FROM metamigrate_run_group WHERE run_id = ? AND group_id = ?',
  selectGroups: 'SELECT group_id, facts FROM metamigrate_run_group WHERE run_id = ? ORDER BY group_id',
  insertClaim: 'INSERT INTO metamigrate_claim (object_key, run_id) VALUES (?, ?)',
  deleteClaims: 'DELETE FROM metamigrate_claim WHERE run_id = ?',
  selectClaims: 'SELECT object_key, run_id FROM metamigrate_claim ORDER BY object_key',
  upsertIdentity:
    'INSERT INTO metamigrate_identity (table_id, field_id, schema_name, table_name, column_name) VALUES (?, ?, ?, ?, ?) ' +
    'ON CONFLICT (table_id, field_id) DO UPDATE SET schema_name = excluded.schema_name, table_name = excluded.table_name, column_name = excluded.column_name',
  deleteIdentity: 'DELETE FROM metamigrate_identity WHERE table_id = ?',
  selectIdentities: 'SELECT table_id, field_id, schema_name, table_name, column_name FROM metamigrate_identity ORDER BY table_id, field_id',
}
