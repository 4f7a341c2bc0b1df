import type { Connection } from 'mysql2/promise'
import type { Dialect } from '../../flavor.ts'
import type { JudgingEngine } from '../../testing/engine-judge.ts'

/** Databases that a model may name as its schemas. */
const schemas = ['care', 'sales']

/** A definition with its indexes in the order of their names: one that went and came back stands last. */
function inOrder(definition: string): string {
  const lines = definition.split(/\n(?=  |\))/).map((line) => line.replace(/,$/, ''))
  const isIndex = (line: string) => /^ {2}(?:UNIQUE |FULLTEXT |SPATIAL )?KEY /.test(line)
  return [...lines.filter((line) => !isIndex(line)), ...lines.filter(isIndex).toSorted()].join('\n')
}

/** A session as a judge. Nothing rolls back here: a work that leaves anything behind is answered by making the model anew. */
export function mariadbEngine(connection: Connection, dialect: Dialect, database: string): JudgingEngine {
  const own = [database, ...schemas]
  const execute = (text: string) => connection.query(text)
  const column = async (text: string): Promise<readonly string[]> => {
    const [rows] = await connection.query({ sql: text, rowsAsArray: true })
    return (rows as readonly (readonly unknown[])[]).map((row) => String(row[0]))
  }
  const tables = async () => {
    const names: (readonly [string, string])[] = []
    for (const schema of own) {
      const found = await column(`SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = '${schema}' ORDER BY TABLE_NAME`)
      names.push(...found.map((name) => [schema, name] as const))
    }
    return names
  }
  const quoted = (name: string) => `\`${name.replaceAll('`', '``')}\``
  const snapshot = async () => {
    const said: string[] = []
    for (const [schema, name] of await tables()) {
      const [rows] = await connection.query({ sql: `SHOW CREATE TABLE ${quoted(schema)}.${quoted(name)}`, rowsAsArray: true })
      said.push(`${schema}: ${inOrder(String((rows as readonly (readonly unknown[])[])[0]?.[1]))}`)
    }
    return said
  }
  const reset = async () => {
    await execute('SET SESSION foreign_key_checks = 0')
    for (const [schema, name] of await tables()) await execute(`DROP TABLE ${quoted(schema)}.${quoted(name)}`)
    for (const schema of schemas) await execute(`DROP DATABASE IF EXISTS ${schema}`)
    await execute('SET SESSION foreign_key_checks = 1')
  }
  let depth = 0
  return {
    execute,
    query: execute,
    snapshot,
    remake: () => Promise.resolve([]),
    isolated: async (work, again) => {
      const isWhole = depth++ === 0
      if (isWhole) for (const { text } of dialect.statements({ kind: 'begin', tables: [] })) await execute(text)
      const before = JSON.stringify(await snapshot())
      try {
        await work()
      } finally {
        depth--
        const isDirty = JSON.stringify(await snapshot()) !== before
        if (isWhole || isDirty) await reset()
        if (!isWhole && isDirty) await again()
        if (isWhole) for (const { text } of dialect.statements({ kind: 'commit' })) await execute(text)
      }
    },
  }
}
