import type { Bookkeeping } from '../../flavor.ts'

const tables = ['run', 'run_group', 'claim', 'identity'].map((name) => ({ schema: 'metamigrate', name }))

/** MetaMigrate's own tables in the target: one schema, so that one DROP SCHEMA removes every trace. */
export const bookkeeping: Bookkeeping = {
  tables,
  look: {
    text:
      "SELECT c.relname::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = 'metamigrate' AND c.relkind = 'r' " +
      "UNION ALL SELECT 'run.number' FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace " +
      "WHERE n.nspname = 'metamigrate' AND c.relname = 'run' AND a.attname = 'number' AND NOT a.attisdropped",
    needs: [...tables.map(({ name }) => name), 'run.number'],
  },
  ensure: [
    // CREATE SCHEMA IF NOT EXISTS asks for the right to make schemas even where the schema is there.
    "DO $books$ BEGIN IF to_regnamespace('metamigrate') IS NULL THEN CREATE SCHEMA metamigrate; END IF; END $books$",
    `CREATE TABLE IF NOT EXISTS metamigrate.run (
  run_id text PRIMARY KEY,
  plan_hash text NOT NULL,
  state text NOT NULL,
  owner text NOT NULL,
  started_at text NOT NULL,
  ended_at text,
  tool_version text NOT NULL
)`,
    // Runs are ordered by this number: clocks of machines differ, and go back.
    'ALTER TABLE metamigrate.run ADD COLUMN IF NOT EXISTS number bigint',
    `CREATE TABLE IF NOT EXISTS metamigrate.run_group (
  run_id text NOT NULL,
  group_id text NOT NULL,
  facts text NOT NULL,
  PRIMARY KEY (run_id, group_id)
)`,
    `CREATE TABLE IF NOT EXISTS metamigrate.claim (
  object_key text PRIMARY KEY,
  run_id text NOT NULL
)`,
    `CREATE TABLE IF NOT EXISTS metamigrate.identity (
  table_id text NOT NULL,
  field_id text NOT NULL,
  schema_name text NOT NULL,
  table_name text NOT NULL,
  column_name text NOT NULL,
  PRIMARY KEY (table_id, field_id)
)`,
  ],
  insertRun:
    'INSERT INTO metamigrate.run (run_id, plan_hash, state, owner, started_at, tool_version, number) ' +
    'VALUES ($1, $2, $3, $4, $5, $6, (SELECT coalesce(max(number), 0) + 1 FROM metamigrate.run))',
  updateRun: 'UPDATE metamigrate.run SET state = $1, ended_at = $2 WHERE run_id = $3',
  // Read as JSON, so that books without the number can be read by someone who may not change them.
  selectRuns:
    'SELECT run_id, plan_hash, state, owner, started_at, ended_at FROM metamigrate.run AS r ' +
    "ORDER BY (to_jsonb(r) ->> 'number')::bigint DESC NULLS LAST, started_at DESC, run_id DESC",
  insertGroup: 'INSERT INTO metamigrate.run_group (run_id, group_id, facts) VALUES ($1, $2, $3)',
  deleteGroup: 'DELETE FROM metamigrate.run_group WHERE run_id = $1 AND group_id = $2',
  selectGroups: 'SELECT group_id, facts FROM metamigrate.run_group WHERE run_id = $1 ORDER BY group_id',
  insertClaim: 'INSERT INTO metamigrate.claim (object_key, run_id) VALUES ($1, $2)',
  deleteClaims: 'DELETE FROM metamigrate.claim WHERE run_id = $1',
  selectClaims: 'SELECT object_key, run_id FROM metamigrate.claim ORDER BY object_key',
  upsertIdentity:
    'INSERT INTO metamigrate.identity (table_id, field_id, schema_name, table_name, column_name) VALUES ($1, $2, $3, $4, $5) ' +
    'ON CONFLICT (table_id, field_id) DO UPDATE SET schema_name = excluded.schema_name, table_name = excluded.table_name, column_name = excluded.column_name',
  deleteIdentity: 'DELETE FROM metamigrate.identity WHERE table_id = $1',
  selectIdentities: 'SELECT table_id, field_id, schema_name, table_name, column_name FROM metamigrate.identity ORDER BY table_id, field_id',
}
