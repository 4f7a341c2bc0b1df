import type { TableName } from '../../app/model/shape.ts'
import type { Connection } from '../flavor.ts'
import type { JudgingEngine } from './engine-judge.ts'

const keyOf = ({ schema, name }: TableName) => `${schema}\0${name}`
const byName = (a: TableName, b: TableName) => (keyOf(a) < keyOf(b) ? -1 : 1)

/** A session as a judge, where DDL rolls back: each work is a savepoint of one transaction, and everything is read back by introspection. */
export function transactionalEngine(connection: Connection): JudgingEngine {
  let depth = 0
  return {
    execute: (text) => connection.execute(text),
    query: (text) => connection.query(text),
    // In the normal form: an engine may keep a changed part at another place of its own text.
    snapshot: async () => {
      const { tables, takenNames } = await connection.introspect()
      const shapes = tables.map(({ shape }) => connection.dialect.normalize(shape))
      return { shapes: shapes.toSorted(byName), takenNames: takenNames.toSorted(byName) }
    },
    remake: async ({ schema, name }) => {
      const { tables } = await connection.introspect()
      return tables.find(({ shape }) => shape.name === name && (shape.schema === schema || schema === ''))?.remake ?? []
    },
    isolated: async (work) => {
      const name = `judged_${depth++}`
      if (depth === 1) await connection.execute('BEGIN')
      await connection.execute(`SAVEPOINT ${name}`)
      try {
        await work()
      } finally {
        await connection.execute(`ROLLBACK TO SAVEPOINT ${name}`)
        if (--depth === 0) await connection.execute('ROLLBACK')
      }
    },
  }
}
