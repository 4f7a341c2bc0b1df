import type { ReferenceShape } from '../../../app/model/shape.ts'
import type { Pen } from './pen.ts'

interface Column {
  readonly name: string
  /** A key is never null. */
  readonly isNullable: boolean
  /** It has a default that Django sees: `default` for SET_DEFAULT, `db_default` for DB_SET_DEFAULT. */
  readonly hasDefault: boolean
  readonly hasDatabaseDefault: boolean
}

/**
 * What `on_delete` says. From Django 6.1 the database does it (DB_CASCADE), and all of a chain must do so (fields.E323): what it refuses anyway is then left to it.
 * Before, Django does it; RESTRICT is its word for a deletion that is refused unless the row goes with its other parents. Source: Django documentation, "ForeignKey.on_delete".
 */
export function onDelete({ onDelete: action }: ReferenceShape, column: Column, pen: Pen): string {
  const byDatabase = pen.target.version >= 61
  const path = { property: 'reference', column: column.name }
  const refuse = (why: string) => {
    pen.say('ON_DELETE_IGNORED', 'warning', path, `ON DELETE ${action.toUpperCase()} ${why}: DO_NOTHING is written, and the database decides.`)
    return 'models.DO_NOTHING'
  }
  switch (action) {
    case 'no action':
      return 'models.DO_NOTHING'
    case 'restrict':
      return byDatabase ? 'models.DO_NOTHING' : 'models.RESTRICT'
    case 'cascade':
      return byDatabase ? 'models.DB_CASCADE' : 'models.CASCADE'
    case 'set null':
      if (!column.isNullable) return refuse('needs a field that may be empty')
      return byDatabase ? 'models.DB_SET_NULL' : 'models.SET_NULL'
    case 'set default':
      if (byDatabase && pen.target.database === 'mysql') return refuse('is nothing that MySQL does')
      if (byDatabase ? column.hasDatabaseDefault : column.hasDefault) return byDatabase ? 'models.DB_SET_DEFAULT' : 'models.SET_DEFAULT'
      return refuse(byDatabase ? 'needs a default' : 'needs a default that Python can say')
  }
}
