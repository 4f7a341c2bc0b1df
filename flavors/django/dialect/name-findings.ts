import type { TableShape } from '../../../app/model/shape.ts'
import { schemaOf } from './class-names.ts'
import { isFragile } from './names.ts'
import type { Pen } from './pen.ts'
import type { Target } from './target.ts'

/** Says what Django cannot do with the names of a table, of its fields and of its schema. */
export function nameFindings(shape: TableShape, pen: Pen): void {
  const say = (name: string, column: string | null) => {
    const why = problemOf(name, pen.target.database)
    if (why === null && isFragile(name, pen.target)) {
      pen.say('NAME_FRAGILE', 'warning', { property: 'name', ...(column === null ? {} : { column }) }, `The name ${JSON.stringify(name.slice(0, 80))} holds a quote, which Django doubles nowhere: it is written in quotes, and what Django names after it is left out. Choose another.`)
    }
    if (why !== null) pen.say('NAME_REFUSED', 'error', { property: 'name', ...(column === null ? {} : { column }) }, `The name ${JSON.stringify(name.slice(0, 80))} ${why}. Choose another.`)
  }
  say(shape.name, null)
  for (const { name } of shape.columns) say(name, name)
  schemaFinding(shape, pen)
}

/** Names that Django passes its checks with, and then makes broken statements of: it neither escapes nor refuses them. */
function problemOf(name: string, database: Target['database']): string | null {
  if (name === '') return 'is empty'
  if (name.includes('\0') || !name.isWellFormed()) return 'holds what no database takes'
  if (name.includes('%')) return 'holds a percent sign, which stands for a parameter in the statements of Django'
  if (name === '*') return 'means every field to Django'
  return database === 'postgres' && name.includes('$') ? 'holds a dollar sign, which Django refuses in queries of PostgreSQL' : null
}

function schemaFinding(shape: TableShape, pen: Pen): void {
  const schema = schemaOf(shape, pen.target)
  const path = { property: 'schema' }
  if (schema === '') return
  switch (pen.target.database) {
    case 'postgres':
    case 'mssql':
      if (pen.target.managed) pen.say('SCHEMA_NEEDED', 'info', path, `Django makes no schemas: ${schema} has to be there before its migrations run.`)
      return
    case 'mysql':
      pen.say('SCHEMA_IGNORED', 'warning', path, `On MySQL a schema is a database of its own: give ${schema} an alias in DATABASES, and a router. The table is written without it.`)
      return
    case 'sqlite':
      pen.say('SCHEMA_IGNORED', 'info', path, `SQLite has no schemas: the table is written as ${shape.name}.`)
  }
}
