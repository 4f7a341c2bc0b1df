import pg from 'pg'
import { plain, quoted, type Database } from './database.ts'

// What makes two schemas the same for a person, one text an object.
const schemaQuery = `
SELECT 'table ' || c.relname || ' ' || c.relkind::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
UNION ALL SELECT 'column ' || c.relname || '.' || a.attname || ' ' || row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum) || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || a.attidentity::text || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT 'constraint ' || c.relname || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE c.relnamespace = 'public'::regnamespace
UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
ORDER BY 1`

/** A PostgreSQL database. `address` is one of a superuser with its password. */
export async function postgresDatabase(address: string): Promise<Database> {
  const client = new pg.Client({ connectionString: address, types: { getTypeParser: () => (text: string) => text } })
  client.on('error', () => undefined)
  await client.connect()
  const bare = new URL(address)
  bare.password = ''
  const rowsOf = async (text: string) => (await client.query<string[]>({ text, rowMode: 'array' })).rows
  const execute = async (text: string) => {
    try {
      await client.query(text)
      return null
    } catch (error) {
      return String(error)
    }
  }
  return {
    flavor: 'postgres',
    url: bare.href,
    password: decodeURIComponent(new URL(address).password),
    async look() {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
      try {
        const schema = (await rowsOf(schemaQuery)).map(([text = '']) => plain(text))
        const rows = new Map<string, readonly string[]>()
        const names = await rowsOf("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        for (const [name = ''] of names) rows.set(name, (await rowsOf(`SELECT to_jsonb(t)::text FROM public.${quoted(name)} AS t`)).map(([row = '']) => row).toSorted())
        return { schema: schema.toSorted(), rows }
      } finally {
        await client.query('COMMIT')
      }
    },
    async runs() {
      const [[there = null] = []] = await rowsOf("SELECT to_regclass('metamigrate.run')::text")
      if (there === null) return []
      return (await rowsOf('SELECT run_id, state FROM metamigrate.run ORDER BY started_at DESC, run_id DESC')).map(([id = '', state = '']) => ({ id, state }))
    },
    async columns(table) {
      const { rows } = await client.query<[string, string]>({
        text: 'SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum',
        values: [`public.${quoted(table)}`],
        rowMode: 'array',
      })
      return rows.map(([name, type]) => ({ name, type }))
    },
    execute,
    loseBooks: () => execute('DROP SCHEMA IF EXISTS metamigrate CASCADE'),
    async settle() {
      for (let tries = 0; tries < 200; tries++) {
        const [[others = '0'] = []] = await rowsOf("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'")
        if (others === '0') return
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
    },
    close: () => client.end(),
  }
}
